import { machineText } from '../markdown.js';
import { number, table } from '../text.js';
import type { Science } from './run.js';

/** Evidences that a fit of eight parameters from eight starts asks for, each with its gradient. */
const FIT = 500;
/** Evidences that a posterior of eight parameters asks for. */
const POSTERIOR = 20_000;

/** The answer first: how long fits take on this machine. */
export function scienceText(science: Science): string {
  return [
    '# How long will my fit take',
    `${science.date.slice(0, 10)}, ${machineText(science.machine)}`,
    fitsText(science),
    '## Many visibilities',
    sumsText(science),
    '## Kernels',
    kernelsText(science),
    '## Beside NumPy and FINUFFT',
    peersText(science),
    '',
  ].join('\n\n');
}

/** Evidences and gradients at every size, and what fits come to. */
export function fitsText({ fits }: Science): string {
  return [
    table(
      [
        'size',
        'image pixels',
        'source pixels',
        'rows',
        'backend',
        'evidence, ms',
        'with gradient, ms',
        'ratio',
        'first, ms',
        'MB',
        `${FIT} with gradient`,
        `${POSTERIOR / 1000},000 evidences`,
      ],
      fits.map((fit) => [
        fit.size,
        String(fit.imagePixels),
        String(fit.sourcePixels),
        `${fit.interpolation}, ${fit.entries.toFixed(1)} entries`,
        `${fit.backend}${threadsText(fit.threads, fit.backend)}`,
        number(fit.evidence),
        ...(fit.evidenceAndGradient === undefined
          ? ['-', '-']
          : [number(fit.evidenceAndGradient), (fit.evidenceAndGradient / fit.evidence).toFixed(2)]),
        `${number(fit.first)} (${(fit.first / fit.evidence).toFixed(1)} x)`,
        (fit.peakBytes / 1e6).toFixed(0),
        fit.evidenceAndGradient === undefined ? '-' : durationText(FIT * fit.evidenceAndGradient),
        durationText(POSTERIOR * fit.evidence),
      ]),
    ),
    `${FIT} evidences with gradients are a fit of eight parameters from eight starts, ${POSTERIOR / 1000},000 without one a posterior by nested sampling. A first evidence makes tables and has code compiled.`,
  ].join('\n\n');
}

/** W, dirty image and the sums over the data, streamed. */
export function sumsText({ sums }: Science): string {
  return table(
    ['image side', 'visibilities', 'threads', 'seconds', 'million a second', 'MB'],
    sums.map(({ side, visibilities, threads, ms, peakBytes }) => [
      String(side),
      visibilities.toExponential(0).replace('+', ''),
      threads === 0 ? 'all' : String(threads),
      number(ms / 1000),
      number(visibilities / ms / 1000),
      (peakBytes / 1e6).toFixed(0),
    ]),
  );
}

function kernelsText({ kernels }: Science): string {
  return table(
    ['kernel', 'backend', 'method', 'ms', 'GFLOP/s'],
    kernels.map(({ name, backend, threads, method, ms, flops }) => [
      name,
      `${backend}${threadsText(threads, backend)}`,
      method,
      number(ms),
      flops === undefined ? '-' : number(flops / ms / 1e6),
    ]),
  );
}

/** The same work of others on this machine, in the same run, thread against thread. */
export function peersText({ peers, kernels }: Science): string {
  if (peers === undefined) return 'This run knows no others.';
  const { present, absent, times } = peers;
  const said = [...present, ...absent].join(', ');
  if (times.length === 0) return `Nothing to compare with: ${said}.`;
  const rows = times.map(({ name, threads, ms }) => {
    const ours = kernels.find((each) => each.name === name && each.backend === 'wasm' && each.threads === threads)?.ms;
    const cells = ours === undefined ? ['-', '-'] : [number(ours), number(ms / ours)];
    return [name, threads === 0 ? 'all' : String(threads), number(ms), ...cells];
  });
  const head = ['kernel', 'threads', 'theirs, ms', 'wasm, ms', 'theirs / ours'];
  return `Measured here, in this run: ${said}. W by FINUFFT, Cholesky (without the solution) and products by NumPy.\n\n${table(head, rows)}`;
}

function threadsText(threads: number, backend: string): string {
  if (backend === 'loops') return '';
  return threads === 0 ? ', all threads' : ', 1 thread';
}

function durationText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 120) return `${number(seconds)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
