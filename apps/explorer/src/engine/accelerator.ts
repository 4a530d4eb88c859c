import { type Backend, isWtildeError, WtildeError } from '@wtilde/core-types';
import { type Evidence, type Inversion, inversionFrom } from '@wtilde/lens';
import type { Computing, ModelChoice } from './protocol.js';

/** Evidences on a GPU, in float32 with the error told; the dataset was summed in float64. */
export interface Accelerator {
  readonly inversion: Inversion;
  readonly computing: Computing;
  dispose(): void;
}

/**
 * The inversion on a GPU, behind it the backends that are exact.
 *
 * @throws BackendUnavailable where there is none.
 */
export async function acceleratorOf(
  exact: Inversion,
  backends: readonly Backend[],
  onLost: (error: WtildeError) => void,
): Promise<Accelerator> {
  if (!('gpu' in navigator)) {
    throw new WtildeError('BackendUnavailable', {
      what: 'this browser has no WebGPU here',
      where: 'navigator.gpu',
      remedy: 'use a browser with WebGPU on a page served over https or from localhost',
    });
  }
  // Loaded by those who want it only.
  const { createWebgpuBackend } = await import('@wtilde/backend-webgpu');
  const gpu = await createWebgpuBackend({ onDeviceLost: onLost });
  const list = [gpu, ...backends];
  const inversion = inversionFrom(exact, { backends: list, fallback: backends.map(({ id }) => id) });
  return {
    inversion,
    computing: { used: 'webgpu', how: gpu.info.summary, why: 'as chosen; what float32 may move is told' },
    dispose() {
      inversion.dispose();
      gpu.dispose?.();
    },
  };
}

/** The most that float32 may move a log evidence of a GPU that is taken unasked: odds by 5 %. */
const trusted = 0.05;
/** As much faster it must be. */
const worthwhile = 0.8;
/** What WebGPU without a GPU calls itself. */
const inSoftware = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Tries a GPU and what is exact with a model, and says which is to be taken. */
export async function comparison(
  { inversion, computing: { how } }: Accelerator,
  exact: Inversion,
  model: ModelChoice,
): Promise<Verdict> {
  if (inSoftware.test(how)) return { taken: false, why: `of WebGPU there is but a driver in software (${how})` };
  return verdictOf(how, await timed(inversion, model), await timed(exact, model));
}

export interface Verdict {
  readonly taken: boolean;
  readonly why: string;
}

/** An evidence, and how long it took. */
export interface Timed {
  readonly evidence: Pick<Evidence, 'logEvidence' | 'errorBound' | 'errorEstimate'>;
  readonly ms: number;
}

/** A GPU is taken where it moves odds by little, agrees within the errors that both tell, and is worth it. */
export function verdictOf(name: string, fast: Timed, sure: Timed): Verdict {
  const error = fast.evidence.errorEstimate?.error ?? 0;
  const off = Math.abs(fast.evidence.logEvidence - sure.evidence.logEvidence);
  const told =
    `on WebGPU (${name}) an evidence takes ${fast.ms.toFixed(1)} ms, without ${sure.ms.toFixed(1)} ms; float32 moves it by ` +
    `at most ${error.toPrecision(1)}, here by ${off.toPrecision(1)}`;
  if (!(error <= trusted && off <= fast.evidence.errorBound + sure.evidence.errorBound)) {
    return { taken: false, why: `${told}: that is too much` };
  }
  const taken = fast.ms < worthwhile * sure.ms;
  return { taken, why: taken ? told : `${told}: it is not worth it` };
}

/** The shortest of three, after one that compiles what it needs. */
async function timed(inversion: Inversion, model: ModelChoice): Promise<Timed> {
  let evidence = await inversion.evidence(model);
  let ms = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time++) {
    const started = performance.now();
    evidence = await inversion.evidence(model);
    ms = Math.min(ms, performance.now() - started);
  }
  return { evidence, ms };
}

/** Why there is no GPU; undefined for other errors. */
export function reasonWithout(error: unknown): string | undefined {
  return isWtildeError(error) && error.code === 'BackendUnavailable' ? error.what : undefined;
}
