import { isWtildeError } from '@wtilde/core-types';
import { writeNpz } from '@wtilde/data';
import { reportFiles } from '@wtilde/figures';
import { dirtyBeamOf, type Evidence, type PreparedDataset, preparedFields } from '@wtilde/lens';
import { backendsOf, type Chosen } from './backends.js';
import { type Inverted, invert, readSource } from './dataset.js';
import { fitModel } from './fit.js';
import { onSky, picturesOf, weightOf } from './pictures.js';
import type { BackendChoice, Evaluated, Failure, ModelChoice, Opened, Reply, Request, Source } from './protocol.js';
import type { Read } from './readFiles.js';

type Post = (reply: Reply, transfer?: readonly ArrayBuffer[]) => void;

/** What the worker keeps: backends, the dataset, and the inversion of it. Requests are answered in turn. */
export function createSession(post: Post): (request: Request) => void {
  let backends: { readonly choice: BackendChoice; readonly chosen: Chosen } | undefined;
  let read: { readonly source: Source; readonly read: Read } | undefined;
  let inverted: Inverted | undefined;
  let stopping = new AbortController();
  let queue = Promise.resolve();

  /** The old dataset and its backends stay until the new one is there. */
  async function open({ source, mask, backend }: Extract<Request, { type: 'open' }>): Promise<void> {
    const started = performance.now();
    post({ type: 'progress', step: 'reading', done: 0, total: 1 });
    const { signal } = stopping;
    const known = backends?.choice === backend ? backends : undefined;
    const chosen = known?.chosen ?? (await backendsOf(backend));
    try {
      const found = read?.source === source ? read.read : await readSource(source, chosen.list);
      const next = await invert(found, source.kind, {
        backends: chosen.list,
        mask,
        signal,
        onProgress: (done, total) => post({ type: 'progress', step: 'summing visibilities', done, total }),
      });
      inverted?.inversion.dispose();
      if (known === undefined) disposeOf(backends?.chosen);
      inverted = next;
      read = { source, read: found };
      backends = { choice: backend, chosen };
      post({ type: 'opened', opened: openedOf(found.name, next, chosen, performance.now() - started) });
    } catch (error) {
      if (known === undefined) disposeOf(chosen);
      throw error;
    }
  }

  async function evaluate({ model, coarse }: Extract<Request, { type: 'evaluate' }>): Promise<void> {
    if (inverted === undefined) return;
    const started = performance.now();
    const evidence = await inverted.inversion.evidence(modelOf(model));
    const evaluated = evaluatedOf(inverted, model, evidence, coarse, started);
    post({ type: 'evaluated', evaluated }, buffersOf(evaluated));
  }

  async function report({ model }: Extract<Request, { type: 'report' }>): Promise<void> {
    if (inverted === undefined) return;
    const evidence = await inverted.inversion.evidence(modelOf(model));
    const prepared: PreparedDataset = inverted.inversion;
    const files = reportFiles(
      { prepared, model: modelOf(model), evidence },
      { title: 'A source behind a lens', listing: JSON.stringify(model.lens, undefined, 2) },
    );
    const made = files.map(({ path, bytes }) => ({ name: path, bytes: Uint8Array.from(bytes) }));
    post(
      { type: 'report', files: made },
      made.map(({ bytes }) => bytes.buffer),
    );
  }

  async function fit(request: Extract<Request, { type: 'fit' }>): Promise<void> {
    if (inverted === undefined) return;
    const { inversion } = inverted;
    const known = inverted;
    const result = await fitModel(inversion, request.model, {
      ...request,
      signal: stopping.signal,
      onProgress: (done) => post({ type: 'progress', step: `fitting, ${done} evaluations`, done, total: 1 }),
      async show(model) {
        const started = performance.now();
        const evaluated = evaluatedOf(known, model, await inversion.evidence(modelOf(model)), true, started);
        post({ type: 'fitting', evaluated, model }, buffersOf(evaluated));
      },
    });
    post({ type: 'fitted', result });
  }

  function dataset(): void {
    if (inverted === undefined) return;
    const npz = Uint8Array.from(writeNpz(preparedFields(inverted.inversion)));
    post({ type: 'dataset', npz }, [npz.buffer]);
  }

  async function answer(request: Request): Promise<void> {
    try {
      if (request.type === 'open') await open(request);
      else if (request.type === 'evaluate') await evaluate(request);
      else if (request.type === 'report') await report(request);
      else if (request.type === 'fit') await fit(request);
      else if (request.type === 'dataset') dataset();
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

function disposeOf(chosen: Chosen | undefined): void {
  for (const backend of chosen?.list ?? []) backend.dispose?.();
}

/** What the evidence is asked for: light of the model's own is for simulations. */
function modelOf({ lens, mesh, regularization }: ModelChoice): ModelChoice {
  return { lens: { mass: lens.mass }, mesh, regularization };
}

function openedOf(
  name: string,
  { inversion, mask, fixedMask, baselines }: Inverted,
  { instead }: Chosen,
  ms: number,
): Opened {
  const { sums, geometry, warnings } = inversion;
  const weight = weightOf(inversion);
  const beam = dirtyBeamOf(sums);
  return {
    name,
    mask,
    fixedMask,
    visibilities: sums.visibilityCount,
    flagged: sums.flaggedCount,
    imagePixels: geometry.pixels,
    dirtyImage: onSky(inversion, sums.dirtyImage.data, 1 / weight, 'Jy/beam'),
    dirtyNoise: 1 / Math.sqrt(weight),
    baselines,
    ...(beam === undefined ? {} : { beam }),
    ...(instead === undefined ? {} : { instead }),
    warnings,
    ms,
  };
}

function evaluatedOf(
  { inversion }: Inverted,
  model: ModelChoice,
  evidence: Evidence,
  coarse: boolean,
  started: number,
): Evaluated {
  const pictures = picturesOf(inversion, model, evidence, coarse);
  return {
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
    warnings: evidence.warnings.filter((warning) => !inversion.warnings.includes(warning)),
    ms: performance.now() - started,
    coarse,
  };
}

/** What goes over without a copy. */
function buffersOf({ model, residuals, source, vertices, critical, caustics }: Evaluated): readonly ArrayBuffer[] {
  const images = [model, ...(residuals === undefined ? [] : [residuals]), source].map(({ data }) => data);
  return [...images, vertices, ...critical, ...caustics].map(({ buffer }) => buffer);
}

function failureOf(error: unknown): Failure {
  if (isWtildeError(error)) return { code: error.code, message: error.message };
  return { code: 'Unexpected', message: error instanceof Error ? error.message : String(error) };
}
