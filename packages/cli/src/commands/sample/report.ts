import { type Marginal, marginalsOf, type Posterior } from '@wtilde/fit';
import { decimalsFor, duration } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';

/** The JSON object of `--json` and of result.json. */
export interface SampleResult {
  readonly logZ: { readonly value: number; readonly sigma: number } | null;
  readonly effectiveSamples: number;
  readonly converged: boolean;
  readonly evaluations: number;
  readonly seconds: number;
  readonly parameters: Readonly<
    Record<string, { readonly value: number; readonly sigma: number; readonly quantiles: Marginal['quantiles'] }>
  >;
  readonly statement: string;
  readonly failures: number;
  readonly splitRHat: number | null;
  readonly trace: Posterior['trace'];
  /** Of the columns of the samples. */
  readonly paths: readonly string[];
}

export function jsonOf(posterior: Posterior, seconds: number): SampleResult {
  const { logZ, effectiveSamples, converged, evaluations, statement, failures, splitRHat, trace, paths } = posterior;
  return {
    logZ: logZ ?? null,
    effectiveSamples,
    converged,
    evaluations,
    seconds,
    parameters: Object.fromEntries(
      marginalsOf(posterior).map(({ path, mean, sigma, quantiles }) => [path, { value: mean, sigma, quantiles }]),
    ),
    statement,
    failures,
    splitRHat: splitRHat ?? null,
    trace,
    paths,
  };
}

/** The posterior as a table for people. */
export function report(result: SampleResult, out: string | undefined): string {
  const { logZ, parameters, evaluations, seconds, converged, statement } = result;
  const rows = Object.entries(parameters).map(([path, { value, sigma, quantiles }]) => {
    const digits = decimalsFor(sigma);
    const { q025, q975 } = quantiles;
    return [
      path,
      value.toFixed(digits),
      `+- ${sigma.toPrecision(2)}`,
      `${q025.toFixed(digits)} to ${q975.toFixed(digits)}`,
    ];
  });
  return [
    table([['', 'mean', '', '95 %'], ...rows], rightFrom(1, 4)),
    '',
    ...(logZ === null ? [] : [`log Z ${logZ.value.toFixed(3)} +- ${logZ.sigma.toPrecision(2)}`]),
    `${converged ? 'converged' : 'not converged'}: ${statement}`,
    `${evaluations} evaluations in ${duration(1000 * seconds)}`,
    ...(out === undefined ? [] : [`result.json and samples.npz are in ${out}, and all pictures on its index.html.`]),
  ].join('\n');
}
