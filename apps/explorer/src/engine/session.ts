import { isWtildeError, type WtildeError } from '@wtilde/core-types';
import { writeNpz } from '@wtilde/data';
import { type Evidence, preparedFields } from '@wtilde/lens';
import { type Accelerator, acceleratorOf, comparison, reasonWithout } from './accelerator.js';
import { backendsOf, type Chosen } from './backends.js';
import { type Inverted, invert, readSource } from './dataset.js';
import { fitModel } from './fit.js';
import type { BackendChoice, Computing, Failure, MaskChoice, ModelChoice, Reply, Request, Source } from './protocol.js';
import type { Read } from './readFiles.js';
import { buffersOf, evaluatedOf, openedOf } from './told.js';

type Post = (reply: Reply, transfer?: readonly ArrayBuffer[]) => void;

/** What the worker keeps: backends, the dataset, and the inversion of it. Requests are answered in turn. */
export function createSession(post: Post): (request: Request) => void {
  let backends: { readonly choice: BackendChoice; readonly chosen: Chosen } | undefined;
  let read: { readonly source: Source; readonly mask: MaskChoice | undefined; readonly read: Read } | undefined;
  let inverted: Inverted | undefined;
  let gpu: Accelerator | undefined;
  /** Whether a GPU that nobody has asked for was thought of. */
  let considered = false;
  let stopping = new AbortController();
  let queue = Promise.resolve();

  /** The old dataset and its backends stay until the new one is there. */
  async function open({ source, mask, backend }: Extract<Request, { type: 'open' }>): Promise<void> {
    const started = performance.now();
    post({ type: 'progress', step: 'reading', done: 0, total: 1 });
    const { signal } = stopping;
    const plain = (choice: BackendChoice | undefined) => (choice === 'loops' ? choice : 'wasm');
    const known = backends !== undefined && plain(backends.choice) === plain(backend) ? backends : undefined;
    const chosen = known?.chosen ?? (await backendsOf(backend));
    try {
      const found = read?.source === source ? read.read : await readSource(source, chosen.list);
      const same = known !== undefined && read?.source === source && read.mask === mask ? inverted : undefined;
      const next =
        same ??
        (await invert(found, source.kind, {
          backends: chosen.list,
          mask,
          signal,
          onProgress: (done, total) => post({ type: 'progress', step: 'summing visibilities', done, total }),
        }));
      endGpu();
      if (same === undefined) inverted?.inversion.dispose();
      if (known === undefined) disposeOf(backends?.chosen);
      inverted = next;
      read = { source, mask, read: found };
      backends = { choice: backend, chosen };
      considered = false;
      const computing = backend === 'webgpu' ? await onGpu(next, chosen) : chosen.computing;
      post({ type: 'opened', opened: openedOf(found.name, next, computing, performance.now() - started) });
    } catch (error) {
      if (known === undefined) disposeOf(chosen);
      throw error;
    }
  }

  /** On the GPU, which was asked for; where there is none, on what is behind it. */
  async function onGpu({ inversion }: Inverted, { list, computing }: Chosen): Promise<Computing> {
    try {
      gpu = await acceleratorOf(inversion, list, lost);
      return gpu.computing;
    } catch (error) {
      const reason = reasonWithout(error);
      if (reason === undefined) throw error;
      return { ...computing, why: reason, warning: `The GPU cannot be had: ${reason}.` };
    }
  }

  /** Takes the GPU where it agrees with what is exact, and is faster. Says why, or why not. */
  async function consider(model: ModelChoice): Promise<void> {
    if (considered || backends?.choice !== 'best' || inverted === undefined) return;
    considered = true;
    const { list, computing } = backends.chosen;
    try {
      const found = await acceleratorOf(inverted.inversion, list, lost);
      const { taken, why } = await comparison(found, inverted.inversion, model);
      if (taken) gpu = found;
      else found.dispose();
      post({ type: 'computing', computing: { ...(taken ? found : { computing }).computing, why } });
    } catch (error) {
      const why = reasonWithout(error) ?? `WebGPU has failed: ${failureOf(error).message}`;
      post({ type: 'computing', computing: { ...computing, why: `${computing.why}; ${why}` } });
    }
  }

  function endGpu(): void {
    gpu?.dispose();
    gpu = undefined;
  }

  /** What is behind the GPU goes on. */
  function lost({ what }: Pick<WtildeError, 'what'>): void {
    if (gpu === undefined || backends === undefined) return;
    endGpu();
    const { computing } = backends.chosen;
    post({
      type: 'computing',
      computing: { ...computing, why: what, warning: `The GPU is gone, and computes no more: ${what}.` },
    });
  }

  async function evidenceOf({ inversion }: Inverted, model: ModelChoice): Promise<Evidence> {
    const used = gpu;
    if (used === undefined) return await inversion.evidence(model);
    try {
      return await used.inversion.evidence(model);
    } catch (error) {
      if (isWtildeError(error) && error.code === 'DeviceLost') lost(error);
      if (gpu === used) throw error;
      return await inversion.evidence(model);
    }
  }

  async function evaluate({ model, coarse }: Extract<Request, { type: 'evaluate' }>): Promise<void> {
    if (inverted === undefined) return;
    const started = performance.now();
    const evidence = await evidenceOf(inverted, modelOf(model));
    const evaluated = evaluatedOf(inverted, model, evidence, coarse, started);
    post({ type: 'evaluated', evaluated }, buffersOf(evaluated));
    if (!coarse) await consider(modelOf(model));
  }

  // What is wanted now and then is loaded then.
  async function report({ model }: Extract<Request, { type: 'report' }>): Promise<void> {
    if (inverted === undefined) return;
    const { reportOf } = await import('./report.js');
    const zip = await reportOf(inverted.inversion, modelOf(model));
    post({ type: 'report', zip }, [zip.buffer]);
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

  async function sample(request: Extract<Request, { type: 'sample' }>): Promise<void> {
    if (inverted === undefined) return;
    const { samplePosterior } = await import('./posterior.js');
    const result = await samplePosterior(inverted.inversion, request.model, {
      ...request,
      signal: stopping.signal,
      onProgress: (step, done) => post({ type: 'progress', step, done: 100 * done, total: 100 }),
    });
    post({ type: 'sampled', result }, [result.npz.buffer]);
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
      else if (request.type === 'sample') await sample(request);
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

function failureOf(error: unknown): Failure {
  if (isWtildeError(error)) return { code: error.code, message: error.message };
  return { code: 'Unexpected', message: error instanceof Error ? error.message : String(error) };
}
