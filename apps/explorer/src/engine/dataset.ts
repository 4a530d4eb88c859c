import { type Backend, complex, real, type VisibilityChunk } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import { createInversion, type Inversion, inversionFrom } from '@wtilde/lens';
import { breath } from './breath.js';
import type { MaskChoice, Source } from './protocol.js';
import { type Read, readFiles } from './readFiles.js';
import { exampleMask, exampleScene, maskOfChoice, proposedMask, simulated } from './scenes.js';

/** What is known of a source before a mask is chosen. */
export async function readSource(source: Source, backends: readonly Backend[]): Promise<Read> {
  if (source.kind === 'files') return await readFiles(source.files);
  const scene = source.kind === 'example' ? exampleScene : source;
  const name = source.kind === 'example' ? 'the example' : 'a simulation';
  return { kind: 'visibilities', name, visibilities: await simulated(scene, backends) };
}

export interface Inverted {
  readonly inversion: Inversion;
  readonly mask: MaskChoice;
  /** Whether another mask can be had: visibilities can be summed again, what has been prepared cannot. */
  readonly fixedMask: boolean;
  readonly baselines: Float32Array<ArrayBuffer>;
}

export interface InvertOptions {
  readonly backends: readonly Backend[];
  readonly mask: MaskChoice | undefined;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** The inversion of what was read, in the mask chosen, or in one that suits. */
export async function invert(read: Read, kind: Source['kind'], options: InvertOptions): Promise<Inverted> {
  const { backends, signal, onProgress } = options;
  const fallback = backends.slice(1).map(({ id }) => id);
  if (read.kind === 'prepared') {
    const inversion = inversionFrom(read.prepared, { backends, fallback });
    return { inversion, mask: maskSeenIn(inversion), fixedMask: true, baselines: new Float32Array(0) };
  }
  const { visibilities } = read;
  const uv = visibilities.uvWavelengths.data;
  const mask = options.mask ?? (kind === 'files' ? proposedMask(longest(uv)) : exampleMask);
  const total = visibilities.data.shape[0];
  const inversion = await createInversion(
    { chunks: chunksOf(visibilities), expectedVisibilities: total },
    { mask: maskOfChoice(mask), backends, fallback, signal, onProgress: (done) => onProgress(done, total) },
  );
  return { inversion, mask, fixedMask: false, baselines: some(uv, 4000) };
}

/** Visibilities that are summed before the worker looks whether it is to stop. */
const atOnce = 50_000;

async function* chunksOf({ data, noiseMap, uvWavelengths }: Visibilities): AsyncGenerator<VisibilityChunk> {
  const [count] = data.shape;
  for (let first = 0; first < count; first += atOnce) {
    const [from, to] = [2 * first, 2 * Math.min(first + atOnce, count)];
    await breath();
    yield {
      data: complex(data.data.subarray(from, to)),
      noiseMap: complex(noiseMap.data.subarray(from, to)),
      uvWavelengths: real(uvWavelengths.data.subarray(from, to), [(to - from) / 2, 2]),
    };
  }
}

/** The circle around the open pixels of a mask that came with a prepared dataset. */
function maskSeenIn({ geometry, mask }: Inversion): MaskChoice {
  const { grid, pixelScale } = geometry;
  if (mask.outline !== undefined) {
    return { radius: mask.outline.outerRadius, centre: mask.outline.centre, pixelScale };
  }
  let radius = 0;
  for (let at = 0; at < grid.data.length; at += 2) {
    radius = Math.max(radius, Math.hypot(grid.data[at], grid.data[at + 1]));
  }
  return { radius, centre: [0, 0], pixelScale };
}

function longest(uv: Float64Array): number {
  let square = 0;
  for (let at = 0; at < uv.length; at += 2) square = Math.max(square, uv[at] ** 2 + uv[at + 1] ** 2);
  return Math.sqrt(square);
}

/** Of many baselines some, evenly. */
function some(uv: Float64Array, most: number): Float32Array<ArrayBuffer> {
  const count = uv.length / 2;
  const drawn = Math.min(count, most);
  return Float32Array.from(
    { length: 2 * drawn },
    (_, lane) => uv[2 * Math.floor(((lane >> 1) * count) / drawn) + (lane & 1)],
  );
}
