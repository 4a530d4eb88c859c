import {
  type LensModel,
  type Mesh,
  parseLensModel,
  parseMesh,
  parseRegularization,
  type Regularization,
} from '@wtilde/lens';
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

/** @throws what the parsers throw where it is none. */
export function modelFromJson(json: unknown): ModelChoice {
  const { mass, mesh, regularization }: Readonly<Record<string, unknown>> = Object(json);
  return {
    lens: parseLensModel({ mass }),
    mesh: parseMesh(String(mesh)),
    regularization: parseRegularization(String(regularization)),
  };
}

export function meshText(mesh: Mesh): string {
  const interpolation = mesh.type === 'overlay' && mesh.interpolation !== undefined ? `:${mesh.interpolation}` : '';
  return `${mesh.type}:${mesh.shape[0]}x${mesh.shape[1]}${interpolation}`;
}

export function regularizationText({ type, coefficient }: Regularization): string {
  return `${type}:${coefficient}`;
}
