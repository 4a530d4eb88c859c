import { isWtildeError, WtildeError } from '@wtilde/core-types';
import { parseLensModel } from '@wtilde/lens';
import { strFromU8, strToU8 } from 'fflate';
import type { MaskChoice, ModelChoice, Source } from '../engine/protocol.js';
import { modelFromJson, modelJsonOf } from '../lens/modelText.js';
import { type Look, lookFrom } from './look.js';

/** Everything that the page needs to be as it was. */
export interface Session {
  readonly source: Source;
  readonly mask?: MaskChoice | undefined;
  readonly model: ModelChoice;
  readonly look: Look;
}

const version = 1;

/** A session as JSON. Files are in it as the dataset that was prepared of them, so that it opens anywhere. */
export function sessionText({ source, mask, model, look }: Session, npz: Uint8Array | undefined, name: string): string {
  const data =
    npz === undefined || source.kind !== 'files' ? source : { kind: 'prepared', name, npz: btoa(strFromU8(npz, true)) };
  return JSON.stringify({ 'wtilde session': version, data, mask, model: modelJsonOf(model), look }, undefined, 1);
}

/** What a JSON file holds: a session, or a lens model such as `wtilde` takes. */
export type JsonFile =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'lens'; readonly lens: ModelChoice['lens'] };

/** @throws FileFormat where it is neither. */
export function parseJsonFile(text: string, where: string): JsonFile {
  try {
    const json: Readonly<Record<string, unknown>> = Object(JSON.parse(text));
    if (!('wtilde session' in json)) {
      const { mass, planes } = parseLensModel(json);
      // Without them it would be another lens.
      if (planes !== undefined) throw new Error('planes at other redshifts, which this page does not have');
      return { kind: 'lens', lens: { mass } };
    }
    if (json['wtilde session'] !== version) throw new Error(`a session of version ${String(json['wtilde session'])}`);
    const source = sourceOf(Object(json.data));
    const mask = maskOf(Object(json.mask));
    return {
      kind: 'session',
      session: { source, mask, model: modelFromJson(json.model), look: lookFrom(json.look) },
    };
  } catch (cause) {
    throw new WtildeError('FileFormat', {
      what: 'this JSON is neither a session of this page nor a lens model',
      where,
      actual: isWtildeError(cause) ? `${cause.where}: ${cause.what}` : cause instanceof Error ? cause.message : '',
      remedy: 'open a file that this page has saved, or a lens.json with "mass"',
      cause,
    });
  }
}

function sourceOf({ kind, name, npz, lens, array, minutes, noise }: Readonly<Record<string, unknown>>): Source {
  if (kind === 'example') return { kind };
  if (kind === 'prepared' && typeof npz === 'string') {
    return { kind: 'files', files: [new File([strToU8(atob(npz), true)], `${String(name)}.npz`)] };
  }
  if (kind !== 'simulation') throw new Error(`data of the kind ${String(kind)}`);
  const observed = array === 'SMA' ? array : 'ALMA, compact';
  return { kind, lens: parseLensModel(lens), array: observed, minutes: Number(minutes), noise: Number(noise) };
}

function maskOf({ radius, centre, pixelScale }: Readonly<Record<string, unknown>>): MaskChoice | undefined {
  const places: readonly unknown[] = Array.isArray(centre) ? centre : [];
  const numbers = [radius, pixelScale, ...places].map(Number);
  const [first, second, y, x] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return undefined;
  return { radius: first, pixelScale: second, centre: [y, x] };
}
