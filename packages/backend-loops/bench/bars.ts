/** What this package set out to reach, and whether it does. */
import type { Calibration, Loop } from '@wtilde/testkit';
import type { Peak } from './memory.ts';
import type { Row } from './row.ts';
import type { Fit } from './scaling.ts';

export interface Bar {
  readonly what: string;
  /** Such as '>= 3 times faster'. */
  readonly asked: string;
  /** As measured here, and as it would be on the machine of the peers where it is a time. */
  readonly measured: string;
  readonly met: boolean;
  /** How many times better than asked; below 1: how far from it. Absent for exponents. */
  readonly margin?: number;
}

interface Results {
  readonly rows: readonly Row[];
  readonly peaks: readonly Peak[];
  readonly fits: readonly Fit[];
  readonly here: Calibration;
  readonly there: Calibration;
}

/** Every kernel that gives F. */
const curvatures = [
  'curvature_matrix_via_w_compact_sparse_mapping_matrix_from',
  'curvature_matrix_via_w_tilde_curvature_preload_interferometer_from',
  'curvature_matrix_via_w_tilde_from',
  'curvature_matrix_via_w_wilde_sparse_mapping_matrix_from',
];

export function bars(results: Results): Bar[] {
  return [
    ...['generated-default', 'sma'].flatMap((golden) => [
      timesFaster(results, golden, 'w_compact_curvature_interferometer_from', 3),
      timesFaster(results, golden, 'w_tilde_curvature_interferometer_from', 3),
      timesFaster(results, golden, 'w_tilde_data_interferometer_from', 3),
    ]),
    ...curvatures.map((name) => timesFaster(results, 'sma', name, 1)),
    timesFaster(results, 'generated-default', 'log_likelihood_function_via_w_compact_from', 1 / 1.5),
    timesFaster(results, 'sma', 'log_likelihood_function_via_w_compact_from', 1 / 2),
    within(results, 'w_compact N=140 K=1e6 1e-12', 'directCosines', 700),
    within(results, 'accumulator N=300 K=1e7 1e-9', 'directCosines', 10_000),
    within(results, 'F N=100 S=1000', 'matrixProduct', 260),
    within(results, 'evidence N=70 S=1500', 'matrixProduct', 600),
    below(results, 'accumulator N=300 K=1e7 1e-9', 400),
    below(results, 'w_compact N=60 K=1e6 1e-12', 300),
    grows(results, 'w_compact, nufft, N=60', 1.05),
    grows(results, 'w_compact, factorised, N=60', 1.05),
    grows(results, 'peak memory of the accumulator', 0.05),
    grows(results, 'evidence, N=30', 0.05),
  ].filter((bar) => bar !== undefined);
}

function bar(what: string, asked: string, measured: string, margin: number): Bar {
  return { what, asked, measured, met: margin >= 1, margin };
}

/** The first row of a name is that of the method that users get. */
function timesFaster({ rows }: Results, section: string, name: string, asked: number): Bar | undefined {
  const ratio = rows.find((row) => row.section === section && row.name === name)?.comparisons[0]?.ratio;
  if (ratio === undefined) return undefined;
  const wanted = asked >= 1 ? `>= ${asked} x Numba's speed` : `<= ${(1 / asked).toPrecision(2)} x Numba's time`;
  const found = asked >= 1 ? `${ratio.toPrecision(3)} x` : `${(1 / ratio).toPrecision(3)} x`;
  // At the same speed, a tie is not slower.
  const margin = ratio / asked;
  return { ...bar(`${name}, ${section}`, wanted, found, margin), met: margin >= (asked === 1 ? 1 / 1.2 : 1) };
}

function within({ rows, here, there }: Results, name: string, loop: Loop, limit: number): Bar | undefined {
  const ms = rows.find((row) => row.name === name)?.ms;
  if (ms === undefined) return undefined;
  const calibrated = (ms * there[loop]) / here[loop];
  const measured = `${ms.toFixed(0)} ms, calibrated ${calibrated.toFixed(0)} ms`;
  return bar(name, `<= ${limit} ms`, measured, limit / calibrated);
}

function below({ peaks }: Results, start: string, limit: number): Bar | undefined {
  const peak = peaks.find(({ what }) => what.startsWith(start));
  if (peak === undefined) return undefined;
  return bar(`peak memory, ${peak.what}`, `< ${limit} MB`, `${peak.megabytes.toFixed(0)} MB`, limit / peak.megabytes);
}

function grows({ fits }: Results, start: string, limit: number): Bar | undefined {
  const fit = fits.find(({ what }) => what.startsWith(start));
  if (fit === undefined) return undefined;
  const { what, size, exponent } = fit;
  const asked = `exponent <= ${limit}`;
  return { what: `${what} against ${size}`, asked, measured: exponent.toFixed(2), met: exponent <= limit };
}
