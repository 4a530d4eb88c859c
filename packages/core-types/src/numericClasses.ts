/**
 * How close two results of a kernel must be. This file owns every tolerance of the project.
 *
 * A class gives, for a precision, the largest error allowed and the error itself in the same unit; `compare` reports
 * both, so that error / allowed can be recorded for every pass.
 */
import type { NdArray } from './arrays.js';

export type NumericClass =
  /** Gathers and masks: equal, or equal after rounding to float32. */
  | 'exact'
  /** Results of a few additions: 2 units in the last place. */
  | 'fewAdditions'
  /** Sums of cosines: absolute, relative to the sum of the absolute strengths. */
  | 'transform'
  /** Matrix products: relative in the l2 norm. */
  | 'product'
  /** Solutions of a linear system: backward error. */
  | 'solve'
  /** Solutions of a linear system over what is not negative: the conditions of the least, relative. */
  | 'positiveSolve'
  /** By how much such conditions are violated: absolute. */
  | 'violation'
  /** How much work something was, in steps: every backend goes its own way. */
  | 'effort'
  /** Inverses of a symmetric matrix: the residual of A X = 1. */
  | 'inverse'
  /** Derivatives: relative to the largest by the same argument. */
  | 'derivative'
  /** Single sums: relative to the value or, where terms cancel, to the sum of absolute terms. */
  | 'scalar'
  /** Log determinants: as `scalar`, looser. */
  | 'logDeterminant'
  /** Evidences and their terms: absolute 1e-6, or relative to the sum of absolute terms. */
  | 'evidence'
  /** Bounds of errors: within a factor of each other. */
  | 'errorBound';

export type Precision = 'float32' | 'float64';

/** The yardsticks of one call, as far as the classes of the kernel's results need them. */
export interface Yardsticks {
  /** For `transform`: the sum of the absolute strengths and the largest phase in radians. */
  readonly transform?: { readonly strength: number; readonly maxPhase: number };
  /** For `solve` and `positiveSolve`: A and b of A x = b; only the lower triangle of A counts. */
  readonly system?: LinearSystem;
  /** For `inverse`: A of A X = 1; only the lower triangle counts. */
  readonly inverted?: NdArray<'real'>;
  /** For `scalar`, `logDeterminant` and `evidence`: the sum of the absolute terms. */
  readonly terms?: number;
}

/** A x = b, or the least x^t A x / 2 - x^t b over x >= 0. */
export interface LinearSystem {
  readonly matrix: NdArray<'real'>;
  readonly vector: NdArray<'real'>;
  /** True for the unknowns that are held at 0. */
  readonly zeroed?: NdArray<'bool'> | undefined;
}

const float64Epsilon = 2 ** -52;

/** The numbers of the table in docs/design.md, by class and precision; undefined: not offered in that precision. */
export const tolerances = {
  exact: { float64: 0, float32: 0 },
  fewAdditions: { float64: 2, float32: 2 },
  transform: { float64: 1e-12, float32: 2e-6 },
  product: { float64: 1e-12, float32: 2e-5 },
  solve: { float64: 1e-14, float32: undefined },
  positiveSolve: { float64: 1e-14, float32: undefined },
  violation: { float64: 1e-10, float32: undefined },
  effort: { float64: 0, float32: undefined },
  inverse: { float64: 1e-14, float32: undefined },
  derivative: { float64: 1e-8, float32: undefined },
  scalar: { float64: 1e-12, float32: undefined },
  logDeterminant: { float64: 1e-10, float32: undefined },
  evidence: { float64: 1e-12, float32: undefined },
  errorBound: { float64: 1.01, float32: undefined },
} as const satisfies Record<NumericClass, Record<Precision, number | undefined>>;

/** An evidence is compared to at least this absolute error: the stored references carry 7e-8 of their own. */
export const evidenceFloor = 1e-6;

/** The error of a transform relative to the sum of absolute strengths, for a largest phase in radians. */
export function transformTolerance(precision: Precision, maxPhase: number): number {
  const floor = tolerances.transform[precision];
  return precision === 'float64' ? Math.max(floor, 8 * float64Epsilon * (1 + maxPhase)) : floor;
}

/** The distance from |x| to the next number of the precision. */
export function unitInLastPlace(x: number, precision: Precision): number {
  const [bits, least] = precision === 'float64' ? [52, -1074] : [23, -149];
  const magnitude = Math.abs(x);
  if (magnitude === 0) return 2 ** least;
  let exponent = Math.floor(Math.log2(magnitude));
  if (2 ** exponent > magnitude) exponent -= 1;
  return 2 ** Math.max(exponent - bits, least);
}
