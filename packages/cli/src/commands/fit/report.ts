import type { Fit, Magnification } from '@wtilde/fit';
import type { Evidence } from '@wtilde/lens';
import { decimalsFor, duration } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';

/** The JSON object of `--json` and of result.json. */
export interface FitResult {
  readonly logEvidence: number;
  readonly converged: boolean;
  readonly evaluations: number;
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, { readonly value: number; readonly sigma: number | null }>>;
  readonly statement: string;
  readonly failures: number;
  /** Null where it means nothing, or light profiles were fitted. */
  readonly magnification: number | null;
  /** Where light profiles were fitted. */
  readonly linear?: readonly object[];
  readonly covariance: readonly (readonly number[])[] | null;
  readonly starts: readonly {
    readonly logPosterior: number;
    readonly starts: number;
    readonly end: string;
    readonly evaluations: number;
  }[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}

export function jsonOf(
  fit: Fit,
  evidence: Pick<Evidence, 'logEvidence' | 'warnings'>,
  magnification: Magnification | undefined,
  seconds: number,
): FitResult {
  const { converged, statement, evaluations, failures, parameters, covariance, notes } = fit;
  const order = parameters.length;
  const rows = Array.from({ length: order }, (_, i) => Array.from(covariance?.slice(i * order, (i + 1) * order) ?? []));
  return {
    logEvidence: evidence.logEvidence,
    converged,
    evaluations,
    seconds,
    parameters: Object.fromEntries(parameters.map(({ path, value, sigma }) => [path, { value, sigma: sigma ?? null }])),
    statement,
    failures,
    magnification: Number.isFinite(magnification?.total) ? (magnification?.total ?? null) : null,
    covariance: covariance === undefined ? null : rows,
    starts: fit.starts.map(({ logPosterior, starts, end, evaluations: own }) => ({
      logPosterior,
      starts,
      end,
      evaluations: own,
    })),
    notes: [
      ...notes,
      ...(magnification?.isDemagnified
        ? [
            {
              code: 'DemagnifiedSource',
              text:
                `the source is magnified ${magnification.total.toPrecision(3)} times only: this is the solution without a ` +
                'lens, in which the source looks like the image; narrow the priors or add positions of images',
            },
          ]
        : []),
      ...evidence.warnings.map(({ code, where, what, values }) => ({ code, text: `${where}: ${what} (${values})` })),
    ],
  };
}

/** The fit as a table for people. */
export function report(result: FitResult, out: string | undefined): string {
  const { logEvidence, parameters, evaluations, seconds, magnification, converged, statement } = result;
  const rows = Object.entries(parameters).map(([path, { value, sigma }]) => [
    path,
    sigma === null ? value.toPrecision(6) : value.toFixed(decimalsFor(sigma)),
    sigma === null ? '' : `+- ${sigma.toPrecision(2)}`,
  ]);
  return [
    table(rows, rightFrom(1, 2)),
    '',
    `log evidence ${logEvidence.toFixed(4)}${magnification === null ? '' : `, the source magnified ${magnification.toPrecision(3)} times`}`,
    `${converged ? 'converged' : 'not converged'}: ${statement}`,
    `${evaluations} evaluations in ${duration(1000 * seconds)}`,
    ...(out === undefined ? [] : [`result.json and lens.json are in ${out}, and all pictures on its index.html.`]),
  ].join('\n');
}
