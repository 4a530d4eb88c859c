import { WtildeError } from '@wtilde/core-types';
import { type LensModel, parseLensModel, parseMesh, parseRegularization } from '@wtilde/lens';
import type { ModelChoice } from '../engine/protocol.js';

/** A model as JSON has it: mesh and regularization as the command line writes them. */
export interface ModelJson {
  readonly mass: LensModel['mass'];
  readonly mesh: string;
  readonly regularization: string;
}

export function modelJsonOf({ lens, mesh, regularization }: ModelChoice): ModelJson {
  return { mass: lens.mass, mesh: meshText(mesh), regularization: regularizationText(regularization) };
}

/** @throws what the parsers throw where it is none; InvalidValue for what no part of the page can change. */
export function modelFromJson(json: unknown): ModelChoice {
  const { mass, mesh, regularization }: Readonly<Record<string, unknown>> = Object(json);
  const lens = parseLensModel({ mass });
  const pixels = parseMesh(String(mesh));
  const prior = parseRegularization(String(regularization));
  if (pixels.type !== 'overlay') throw unknownHere('mesh', 'overlay', pixels.type);
  if (prior.type !== 'gradient' && prior.type !== 'constant') {
    throw unknownHere('regularization', 'gradient or constant', prior.type);
  }
  return { lens, mesh: pixels, regularization: prior };
}

function unknownHere(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the explorer cannot show this',
    where,
    expected,
    actual,
    remedy: 'use the command line or the library for it',
  });
}

export function meshText({ shape, interpolation }: ModelChoice['mesh']): string {
  return `overlay:${shape[0]}x${shape[1]}${interpolation === undefined ? '' : `:${interpolation}`}`;
}

export function regularizationText({ type, coefficient }: ModelChoice['regularization']): string {
  return `${type}:${coefficient}`;
}
