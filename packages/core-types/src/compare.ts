import type { NdArray } from './arrays.js';
import type { RecordResult, ResultSpec } from './descriptor.js';
import { leastViolation } from './leastViolation.js';
import { isRecord, type LooseResult, type ResultLeaf } from './loose.js';
import {
  evidenceFloor,
  type NumericClass,
  type Precision,
  tolerances,
  transformTolerance,
  unitInLastPlace,
  type Yardsticks,
} from './numericClasses.js';

/** How a result compares with the expected one. `ok` is error <= allowed. */
export interface Agreement {
  readonly ok: boolean;
  readonly error: number;
  readonly allowed: number;
  /** One line: what was compared, where the worst element is, both values. */
  readonly message: string;
}

export interface CompareOptions {
  readonly precision: Precision;
  /** From the descriptor's `yardsticks(args, sizes)`, where it has one. */
  readonly yardsticks?: Yardsticks | undefined;
  /** The tolerance that was asked of the kernel, where one was. */
  readonly tolerance?: number | undefined;
}

/**
 * Compares a result with the expected one by the numeric class of the descriptor's result: shapes and dtypes first,
 * then values. NaN and infinity must stand in the same places. For records, the worst entry.
 */
export function compare(
  returns: ResultSpec,
  expected: LooseResult,
  actual: LooseResult,
  options: CompareOptions,
): Agreement {
  if (returns.kind !== 'record') return compareLeaf(returns.numericClass, expected, actual, options);
  if (!isRecord(expected) || !isRecord(actual)) return mismatch('a record', 'something else');
  const agreements = Object.entries(returns.entries).map(([key, entry]) => {
    const derivatives = largestBySame(returns, key, expected);
    const agreement = compareLeaf(entry.numericClass, expected[key], actual[key], { ...options, derivatives });
    return { ...agreement, message: `${key}: ${agreement.message}` };
  });
  return agreements.reduce((worst, next) => (clearance(next) > clearance(worst) ? next : worst));
}

/** error / allowed; 0 for an exact match, infinity where nothing is allowed. */
export function clearance({ error, allowed }: Pick<Agreement, 'error' | 'allowed'>): number {
  return error === 0 ? 0 : error / allowed;
}

/** The largest derivative by the same argument, of whatever: those of a sum are made of those of its terms. */
function largestBySame(
  { entries }: RecordResult,
  key: string,
  expected: Readonly<Record<string, LooseResult>>,
): number {
  const { [key]: own } = entries;
  const byOf = (leaf: typeof own) => (leaf.kind === 'array' ? leaf.derivativeOf?.by : undefined);
  const by = byOf(own);
  if (by === undefined) return 0;
  const same = Object.keys(entries).filter((name) => byOf(entries[name]) === by);
  return Math.max(...same.map((name) => maxAbs(asArray(expected[name])?.data ?? [])));
}

function compareLeaf(
  numericClass: NumericClass,
  expected: LooseResult | undefined,
  actual: LooseResult | undefined,
  options: LeafOptions,
): Agreement {
  const want = asArray(expected);
  const have = asArray(actual);
  if (want === undefined || have === undefined) return mismatch(describe(want), describe(have));
  if (want.dtype !== have.dtype || want.shape.join() !== have.shape.join()) {
    return mismatch(describe(want), describe(have));
  }
  if (want.data.length !== have.data.length) {
    return mismatch(`${want.data.length} numbers`, `${have.data.length} numbers`);
  }
  const strange = firstNonFiniteDifference(want.data, have.data);
  if (strange >= 0) return failed(`at [${strange}] expected ${want.data[strange]}, got ${have.data[strange]}`);
  return judges[numericClass](want.data, have.data, options);
}

type Values = ArrayLike<number>;
type Judge = (expected: Values, actual: Values, options: LeafOptions) => Agreement;

interface LeafOptions extends CompareOptions {
  /** For `derivative`: the largest of those that the element is made of. */
  readonly derivatives?: number;
}

const judges: Record<NumericClass, Judge> = {
  exact: (expected, actual, { precision }) => {
    const round = precision === 'float32' ? Math.fround : (x: number) => x;
    return elementwise(expected, actual, (e, a) => Math.abs(round(e) - round(a)), 0);
  },

  fewAdditions: (expected, actual, { precision }) => {
    const allowed = tolerances.fewAdditions[precision];
    const ulps = (e: number, a: number) =>
      e === a ? 0 : Math.abs(e - a) / unitInLastPlace(Math.max(Math.abs(e), Math.abs(a)), precision);
    return elementwise(expected, actual, ulps, allowed);
  },

  transform: (expected, actual, { precision, yardsticks, tolerance }) => {
    if (yardsticks?.transform === undefined) return failed('the descriptor gives no yardstick for its transform');
    const { strength, maxPhase } = yardsticks.transform;
    const relative = Math.max(transformTolerance(precision, maxPhase), 10 * (tolerance ?? 0));
    return elementwise(expected, actual, distance, relative * strength);
  },

  product: (expected, actual, { precision }) => {
    const difference = l2(expected.length, (i) => Number(actual[i]) - Number(expected[i]));
    const norm = l2(expected.length, (i) => Number(expected[i]));
    const error = difference === 0 ? 0 : difference / norm;
    return verdict(error, tolerances.product[precision], 'relative l2 difference');
  },

  solve: (_expected, actual, { precision, yardsticks }) => {
    const allowed = tolerances.solve[precision];
    if (allowed === undefined) return failed(`solutions are not offered in ${precision}`);
    if (yardsticks?.system === undefined) return failed('the descriptor gives no linear system for its solution');
    return verdict(backwardError(yardsticks.system, actual), allowed * actual.length, 'backward error');
  },

  positiveSolve: (_expected, actual, { precision, yardsticks }) => {
    const allowed = tolerances.positiveSolve[precision];
    if (allowed === undefined) return failed(`solutions are not offered in ${precision}`);
    if (yardsticks?.system === undefined) return failed('the descriptor gives no linear system for its solution');
    return verdict(
      leastViolation(yardsticks.system, actual),
      allowed * Math.max(actual.length, 64),
      'violated conditions',
    );
  },

  violation: (expected, actual, { precision }) => {
    const allowed = tolerances.violation[precision];
    if (allowed === undefined) return failed(`violations are not told in ${precision}`);
    return elementwise(expected, actual, (e, a) => (a >= 0 ? distance(e, a) : Number.POSITIVE_INFINITY), allowed);
  },

  effort: (_expected, actual) => {
    const isCount = Array.from(actual).every((steps) => Number.isInteger(steps) && steps >= 0);
    return isCount ? verdict(0, 0, 'a number of steps') : failed(`${actual[0]} is no number of steps`);
  },

  inverse: (_expected, actual, { precision, yardsticks }) => {
    const allowed = tolerances.inverse[precision];
    if (allowed === undefined) return failed(`inverses are not offered in ${precision}`);
    if (yardsticks?.inverted === undefined) return failed('the descriptor gives no matrix for its inverse');
    const size = yardsticks.inverted.shape[0];
    return verdict(inverseError(yardsticks.inverted, actual), allowed * size, 'residual of A X = 1');
  },

  derivative: (expected, actual, { precision, derivatives = 0 }) => {
    const relative = tolerances.derivative[precision];
    if (relative === undefined) return failed(`derivatives are not offered in ${precision}`);
    return elementwise(expected, actual, distance, relative * Math.max(derivatives, maxAbs(expected)));
  },

  scalar: (expected, actual, options) => relativeToTerms(expected, actual, options, 'scalar'),

  logDeterminant: (expected, actual, options) => relativeToTerms(expected, actual, options, 'logDeterminant'),

  errorBound: (expected, actual, { precision }) => {
    const factor = tolerances.errorBound[precision];
    if (factor === undefined) return failed(`error bounds are not offered in ${precision}`);
    const apart = (e: number, a: number) => (e > 0 && a > 0 ? Math.max(e / a, a / e) : Number.POSITIVE_INFINITY);
    return elementwise(expected, actual, apart, factor);
  },

  evidence: (expected, actual, { precision, yardsticks }) => {
    const relative = tolerances.evidence[precision];
    if (relative === undefined) return failed(`evidences are not offered in ${precision}`);
    return elementwise(expected, actual, distance, Math.max(evidenceFloor, relative * (yardsticks?.terms ?? 0)));
  },
};

function relativeToTerms(
  expected: Values,
  actual: Values,
  { precision, yardsticks }: CompareOptions,
  numericClass: 'scalar' | 'logDeterminant',
): Agreement {
  const relative = tolerances[numericClass][precision];
  if (relative === undefined) return failed(`such sums are not offered in ${precision}`);
  const magnitude = Math.max(yardsticks?.terms ?? 0, Math.abs(Number(expected[0])));
  return elementwise(expected, actual, distance, relative * magnitude);
}

/** norm(Ax - b) / (norm(A) norm(x) + norm(b)) in infinity norms, A taken from its lower triangle. */
function backwardError({ matrix, vector }: NonNullable<Yardsticks['system']>, x: Values): number {
  const size = vector.data.length;
  const rowSums = new Float64Array(size);
  const residual = Float64Array.from(vector.data, (b) => -b);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const a = matrix.data[i * size + j];
      residual[i] += a * Number(x[j]);
      rowSums[i] += Math.abs(a);
      if (i !== j) {
        residual[j] += a * Number(x[i]);
        rowSums[j] += Math.abs(a);
      }
    }
  }
  const norm = maxAbs(rowSums) * maxAbs(x) + maxAbs(vector.data);
  const error = maxAbs(residual);
  return error === 0 ? 0 : error / norm;
}

/** norm(AX - 1) / (norm(A) norm(X)) in infinity norms, A from its lower triangle; infinite where X is not symmetric. */
function inverseError({ data: lower, shape: [size] }: NdArray<'real'>, X: Values): number {
  let residual = 0;
  let normA = 0;
  let normX = 0;
  for (let i = 0; i < size; i++) {
    const row = new Float64Array(size);
    let [sumA, sumX] = [0, 0];
    for (let k = 0; k < size; k++) {
      const a = k <= i ? lower[i * size + k] : lower[k * size + i];
      sumA += Math.abs(a);
      sumX += Math.abs(X[i * size + k]);
      if (X[i * size + k] !== X[k * size + i]) return Number.POSITIVE_INFINITY;
      for (let j = 0; j < size; j++) row[j] += a * X[k * size + j];
    }
    normA = Math.max(normA, sumA);
    normX = Math.max(normX, sumX);
    residual = Math.max(
      residual,
      row.reduce((sum, value, j) => sum + Math.abs(j === i ? value - 1 : value), 0),
    );
  }
  return residual === 0 ? 0 : residual / (normA * normX);
}

function elementwise(
  expected: Values,
  actual: Values,
  errorOf: (expected: number, actual: number) => number,
  allowed: number,
): Agreement {
  let worst = 0;
  let at = -1;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(expected[i]) || expected[i] === actual[i]) continue;
    const error = errorOf(Number(expected[i]), Number(actual[i]));
    if (error > worst) {
      worst = error;
      at = i;
    }
  }
  const where = at < 0 ? 'no difference' : `worst at [${at}]: expected ${expected[at]}, got ${actual[at]}`;
  return verdict(worst, allowed, where);
}

function distance(expected: number, actual: number): number {
  return Math.abs(expected - actual);
}

function verdict(measured: number, allowed: number, what: string): Agreement {
  // Overflow on the way: never hidden behind a comparison with NaN.
  const error = Number.isNaN(measured) ? Number.POSITIVE_INFINITY : measured;
  return {
    ok: error <= allowed,
    error,
    allowed,
    message: `${what}; error ${error.toExponential(2)}, allowed ${allowed.toExponential(2)}`,
  };
}

function failed(message: string): Agreement {
  return { ok: false, error: Number.POSITIVE_INFINITY, allowed: 0, message };
}

function mismatch(expected: string, actual: string): Agreement {
  return failed(`expected ${expected}, got ${actual}`);
}

function asArray(value: LooseResult | undefined): NdArray | undefined {
  if (typeof value === 'number') return { dtype: 'real', shape: [], data: Float64Array.of(value) };
  if (value === undefined || isRecord(value)) return undefined;
  return isHostLeaf(value) ? value : undefined;
}

function isHostLeaf(value: ResultLeaf): value is NdArray {
  return typeof value === 'object' && 'data' in value;
}

function describe(array: NdArray | undefined): string {
  return array === undefined ? 'no array on the host' : `${array.dtype} [${array.shape.join(', ')}]`;
}

function firstNonFiniteDifference(expected: Values, actual: Values): number {
  for (let i = 0; i < expected.length; i++) {
    const bothFinite = Number.isFinite(expected[i]) && Number.isFinite(actual[i]);
    if (!bothFinite && !Object.is(expected[i], actual[i])) return i;
  }
  return -1;
}

function l2(length: number, at: (i: number) => number): number {
  let max = 0;
  for (let i = 0; i < length; i++) max = Math.max(max, Math.abs(at(i)));
  if (max === 0) return 0;
  // Scaled, so that squares neither vanish nor overflow.
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (at(i) / max) ** 2;
  return max * Math.sqrt(sum);
}

function maxAbs(values: Values): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) max = Math.max(max, Math.abs(Number(values[i])));
  return max;
}
