import { throwIfAborted } from '@wtilde/core-types';
import { machineFacts } from '../machine.js';
import { inProcess, type Signal } from '../parent.js';
import { measurePeers, type PeerTimes } from '../peers/measurePeers.js';
import type { Job } from '../process.js';
import type { Machine } from '../results.js';
import type { FitTimes } from './fit.js';
import { type KernelTime, peerProblems } from './kernels.js';
import { type FitProblem, type SumsProblem, sciences } from './problems.js';

/** The file that a run leaves. */
export interface Science {
  readonly schema: 1;
  readonly kind: 'science';
  /** ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly fits: readonly (FitProblem & FitTimes & { readonly peakBytes: number })[];
  readonly sums: readonly (SumsProblem & { readonly ms: number; readonly peakBytes: number })[];
  readonly kernels: readonly (KernelTime & { readonly backend: string; readonly threads: number })[];
  /** The same work of NumPy and FINUFFT; runs of before November 29 have none. */
  readonly peers?: PeerTimes;
}

export interface ScienceOptions {
  /** Default: `full`, some ten minutes. */
  readonly sizes?: keyof typeof sciences;
  readonly onProgress?: ((what: string, done: number, total: number) => void) | undefined;
  readonly signal?: Signal;
  /** The Python that is asked for NumPy and FINUFFT, and what comes before its program. Default: `python3 -c`. */
  readonly python?: readonly string[] | undefined;
}

/** Backends that kernels at large sizes are measured on; 0 threads: one for every core. */
const engines = [
  ['loops', 1],
  ['wasm', 1],
  ['wasm', 0],
] as const;

/**
 * How long a fit takes: evidences with and without their gradient at the sizes of science, sums over many visibilities,
 * and the kernels that others have published times for, beside NumPy and FINUFFT where Python has them. Every measurement
 * has a process of its own.
 *
 * @throws Aborted; NumericalFailure where one fails
 */
export async function runScience(options: ScienceOptions = {}): Promise<Science> {
  const { sizes = 'full', onProgress, signal, python } = options;
  const choice = sciences[sizes];
  const machine = machineFacts();
  const total = choice.fits.length + choice.sums.length + engines.length + 1;
  let done = 0;
  const begin = (what: string) => {
    throwIfAborted(signal, 'bench');
    onProgress?.(what, done / total, 1);
    done += 1;
  };
  const run = async (what: string, job: Job) => {
    begin(what);
    return await inProcess(job, signal);
  };
  const fits: Science['fits'][number][] = [];
  for (const problem of choice.fits) {
    const what = `evidences at ${problem.size}, ${problem.interpolation}, on ${problem.backend}`;
    const outcome = await run(what, { kind: 'fit', backend: problem.backend, problem });
    if (outcome.kind === 'fitted') fits.push({ ...problem, ...outcome.times, peakBytes: outcome.peakBytes });
  }
  const sums: Science['sums'][number][] = [];
  for (const problem of choice.sums) {
    const { side, visibilities, threads } = problem;
    const job: Job = { kind: 'accumulate', backend: 'wasm', visibilities, side, threads };
    const outcome = await run(`sums over ${visibilities} visibilities`, job);
    if (outcome.kind !== 'accumulated' || outcome.peakBytes === undefined) continue;
    sums.push({ ...problem, ms: outcome.ms, peakBytes: outcome.peakBytes });
  }
  const kernels: Science['kernels'][number][] = [];
  for (const [backend, threads] of engines) {
    const job: Job = { kind: 'kernels', backend, threads, which: choice.kernels };
    const outcome = await run(`kernels on ${backend}`, job);
    if (outcome.kind === 'timed') kernels.push(...outcome.kernels.map((each) => ({ ...each, backend, threads })));
  }
  begin('numpy and finufft');
  const peers = await measurePeers(peerProblems(choice.kernels), {
    budgetMs: sizes === 'test' ? 1 : 1500,
    python,
    signal,
  });
  throwIfAborted(signal, 'bench');
  return { schema: 1, kind: 'science', date: new Date().toISOString(), machine, fits, sums, kernels, peers };
}
