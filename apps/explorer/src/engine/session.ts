import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { type Backend, isWtildeError } from '@wtilde/core-types';
import { reportFiles } from '@wtilde/figures';
import { createInversion, dirtyBeamOf, type Inversion, inversionFrom, type PreparedDataset } from '@wtilde/lens';
import { onSky, picturesOf, weightOf } from './pictures.js';
import type { BackendChoice, Evaluated, Failure, MaskChoice, Opened, Reply, Request, Source } from './protocol.js';
import { type Read, readFiles } from './readFiles.js';
import { exampleLens, exampleMask, firstGuess, maskOfChoice, proposedMask, simulated } from './scenes.js';

type Post = (reply: Reply, transfer?: readonly ArrayBuffer[]) => void;

/** What the worker keeps: backends, the dataset, and the inversion of it. Requests are answered in turn. */
export function createSession(post: Post): (request: Request) => void {
  let backends: { readonly choice: BackendChoice; readonly list: readonly Backend[] } | undefined;
  let inversion: Inversion | undefined;
  let read: { readonly source: Source; readonly read: Read } | undefined;
  let baselines = new Float32Array(0);
  let stopping = new AbortController();
  let queue = Promise.resolve();

  async function backendsFor(choice: BackendChoice): Promise<readonly Backend[]> {
    if (backends?.choice === choice) return backends.list;
    for (const backend of backends?.list ?? []) backend.dispose?.();
    const list = choice === 'wasm' ? [await createWasmBackend(), createLoopsBackend()] : [createLoopsBackend()];
    backends = { choice, list };
    return list;
  }

  async function visibilitiesOf(source: Source, list: readonly Backend[]): Promise<Read> {
    if (source.kind === 'files') return await readFiles(source.files);
    const scene = source.kind === 'example' ? { lens: exampleLens, minutes: 5, noise: 30 } : source;
    const name = source.kind === 'example' ? 'the example' : 'a simulation';
    return { kind: 'visibilities', name, visibilities: await simulated(scene, list) };
  }

  async function open(request: Extract<Request, { type: 'open' }>): Promise<void> {
    const started = performance.now();
    const list = await backendsFor(request.backend);
    post({ type: 'progress', step: 'reading', done: 0, total: 1 });
    if (read?.source !== request.source)
      read = { source: request.source, read: await visibilitiesOf(request.source, list) };
    const found = read.read;
    const fallback = list.slice(1).map(({ id }) => id);
    inversion?.dispose();
    inversion = undefined;
    let mask: MaskChoice;
    if (found.kind === 'prepared') {
      inversion = inversionFrom(found.prepared, { backends: list, fallback });
      mask = maskSeenIn(inversion);
      baselines = new Float32Array(0);
    } else {
      const { uvWavelengths, data } = found.visibilities;
      const total = data.shape[0];
      mask =
        request.mask ?? (request.source.kind === 'files' ? proposedMask(longest(uvWavelengths.data)) : exampleMask);
      inversion = await createInversion(found.visibilities, {
        mask: maskOfChoice(mask),
        backends: list,
        fallback,
        signal: stopping.signal,
        onProgress: (done) => post({ type: 'progress', step: 'summing visibilities', done, total }),
      });
      baselines = some(uvWavelengths.data, 4000);
    }
    const opened = openedOf(found.name, mask, inversion, baselines, performance.now() - started);
    post({ type: 'opened', opened });
  }

  async function evaluate({ model, coarse }: Extract<Request, { type: 'evaluate' }>): Promise<void> {
    if (inversion === undefined) return;
    const started = performance.now();
    const evidence = await inversion.evidence({ ...model, lens: { mass: model.lens.mass } });
    const pictures = picturesOf(inversion, model, evidence, coarse);
    const evaluated: Evaluated = {
      logEvidence: evidence.logEvidence,
      ...(coarse ? {} : { errorBound: evidence.errorBound }),
      terms: { ...evidence.terms },
      sourcePixels: evidence.mapper.pixels,
      ...pictures,
      ran: evidence.ran.flatMap((event) =>
        'backend' in event
          ? [{ kernel: event.kernel, backend: event.backend, method: event.method, precision: event.precision }]
          : [],
      ),
      warnings: evidence.warnings,
      ms: performance.now() - started,
      coarse,
    };
    const { model: image, residuals, source, vertices, critical, caustics } = evaluated;
    const arrays = [
      image.data,
      ...(residuals === undefined ? [] : [residuals.data]),
      source.data,
      vertices,
      ...critical,
      ...caustics,
    ];
    post(
      { type: 'evaluated', evaluated },
      arrays.map(({ buffer }) => buffer),
    );
  }

  async function report({ model }: Extract<Request, { type: 'report' }>): Promise<void> {
    if (inversion === undefined) return;
    const evidence = await inversion.evidence({ ...model, lens: { mass: model.lens.mass } });
    const prepared: PreparedDataset = inversion;
    const files = reportFiles(
      { prepared, model: { ...model, lens: { mass: model.lens.mass } }, evidence },
      { title: 'A source behind a lens', listing: JSON.stringify(model.lens, undefined, 2) },
    );
    const made = files.map(({ path, bytes }) => ({
      name: path,
      type: path.endsWith('.html') ? 'text/html' : 'application/octet-stream',
      bytes: Uint8Array.from(bytes),
    }));
    post(
      { type: 'report', files: made },
      made.map(({ bytes }) => bytes.buffer),
    );
  }

  async function answer(request: Request): Promise<void> {
    try {
      if (request.type === 'open') await open(request);
      else if (request.type === 'evaluate') await evaluate(request);
      else if (request.type === 'report') await report(request);
    } catch (error) {
      post({ type: 'failed', of: request.type, failure: failureOf(error) });
    }
  }

  return (request) => {
    if (request.type === 'abort') {
      stopping.abort();
      stopping = new AbortController();
      return;
    }
    queue = queue.then(() => answer(request));
  };
}

function openedOf(
  name: string,
  mask: MaskChoice,
  inversion: Inversion,
  baselines: Float32Array<ArrayBuffer>,
  ms: number,
): Opened {
  const weight = weightOf(inversion);
  const beam = dirtyBeamOf(inversion.sums);
  return {
    name,
    mask,
    visibilities: inversion.sums.visibilityCount,
    flagged: inversion.sums.flaggedCount,
    imagePixels: inversion.geometry.pixels,
    dirtyImage: onSky(inversion, inversion.sums.dirtyImage.data, 1 / weight, 'Jy/beam'),
    dirtyNoise: 1 / Math.sqrt(weight),
    baselines,
    ...(beam === undefined ? {} : { beam }),
    warnings: inversion.warnings,
    model: firstGuess,
    ms,
  };
}

/** The circle around the open pixels of a mask that came with a prepared dataset. */
function maskSeenIn({ geometry }: Inversion): MaskChoice {
  const { grid, pixelScale } = geometry;
  let radius = 0;
  for (let at = 0; at < grid.data.length; at += 2)
    radius = Math.max(radius, Math.hypot(grid.data[at], grid.data[at + 1]));
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

function failureOf(error: unknown): Failure {
  if (isWtildeError(error)) return { code: error.code, message: error.message };
  return { code: 'Unexpected', message: error instanceof Error ? error.message : String(error) };
}
