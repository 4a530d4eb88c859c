import { describe, expect, test } from 'vitest';
import {
  type ArrayResult,
  bool,
  clearance,
  compare,
  complex,
  evidenceFloor,
  index,
  type NumericClass,
  type Precision,
  type ResultSpec,
  real,
  type ScalarResult,
  tolerances,
  transformTolerance,
  unitInLastPlace,
  type Yardsticks,
} from '../src/index.js';
import { seeded } from './support/random.js';

const array = (numericClass: NumericClass): ArrayResult => ({
  kind: 'array',
  dtype: 'real',
  dims: ['M'],
  numericClass,
  doc: '',
});
const scalar = (numericClass: NumericClass): ScalarResult => ({ kind: 'scalar', numericClass, doc: '' });

function agree(
  numericClass: NumericClass,
  expected: readonly number[],
  actual: readonly number[],
  precision: Precision = 'float64',
  yardsticks?: Yardsticks,
) {
  return compare(array(numericClass), real(expected), real(actual), { precision, yardsticks });
}

const unitSystem: Yardsticks = { system: { matrix: real([2, 99, 1, 2], [2, 2]), vector: real([3, 3]) } };
const unitYardsticks: Readonly<Record<NumericClass, Yardsticks>> = {
  exact: {},
  fewAdditions: {},
  transform: { transform: { strength: 10, maxPhase: 0 } },
  product: {},
  solve: unitSystem,
  positiveSolve: unitSystem,
  violation: {},
  effort: {},
  inverse: { inverted: real([2, 99, 1, 2], [2, 2]) },
  derivative: {},
  scalar: {},
  logDeterminant: {},
  evidence: {},
  errorBound: {},
};
const classes: readonly NumericClass[] = [
  'exact',
  'fewAdditions',
  'transform',
  'product',
  'solve',
  'positiveSolve',
  'violation',
  'derivative',
  'scalar',
  'logDeterminant',
  'evidence',
  'errorBound',
];

describe.each(classes)('class %s', (numericClass) => {
  test('equal results agree without error', () => {
    const agreement = agree(numericClass, [1, 1], [1, 1], 'float64', unitYardsticks[numericClass]);
    expect(agreement).toMatchObject({ ok: true, error: 0 });
    expect(clearance(agreement)).toBe(0);
  });

  test('NaN and infinities must stand in the same places with the same sign', () => {
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    const yardsticks = unitYardsticks[numericClass];
    for (const [expected, actual] of [
      [nan, 1],
      [1, nan],
      [inf, 1],
      [1, inf],
      [inf, -inf],
      [nan, inf],
      [inf, nan],
    ]) {
      const agreement = agree(numericClass, [1, expected], [1, actual], 'float64', yardsticks);
      expect(agreement.ok, `${expected} ${actual}`).toBe(false);
      expect(agreement.message).toContain('at [1]');
    }
  });

  test('shapes, dtypes and kinds come first', () => {
    const options = { precision: 'float64', yardsticks: unitYardsticks[numericClass] } as const;
    const returns = array(numericClass);
    expect(compare(returns, real([1, 2]), real([1, 2], [2, 1]), options).message).toBe(
      'expected real [2], got real [2, 1]',
    );
    expect(compare(returns, real([1, 2]), complex([1, 2]), options).ok).toBe(false);
    expect(compare(returns, real([1, 2]), index([1, 2]), options).message).toContain('got index [2]');
    expect(compare(returns, real([1]), 1, options).message).toContain('got real []');
    expect(compare(returns, real([1]), { entry: 1 }, options).message).toContain('no array on the host');
    expect(compare(returns, real([1, 2]), { ...real([1, 2]), data: new Float64Array(3) }, options).message).toContain(
      '3 numbers',
    );
  });

  test('a difference of order one is noticed, and its place named where there is one', () => {
    const agreement = agree(numericClass, [1, 1, 1].slice(0, 2), [1, 3], 'float64', unitYardsticks[numericClass]);
    expect(agreement.ok).toBe(false);
    expect(clearance(agreement)).toBeGreaterThan(1);
  });
});

describe('exact', () => {
  test('allows nothing in float64, rounding in float32', () => {
    expect(agree('exact', [0.1], [0.1 + 2 ** -56]).ok).toBe(false);
    expect(agree('exact', [0.1], [Math.fround(0.1)]).ok).toBe(false);
    expect(agree('exact', [0.1, 1e300], [Math.fround(0.1), 2e300], 'float32').ok).toBe(true);
    expect(agree('exact', [0.1], [0.1 + 1e-7], 'float32').ok).toBe(false);
    expect(agree('exact', [0], [-0]).ok).toBe(true);
  });
});

describe('few additions', () => {
  const after = (x: number, ulps: number) => x + ulps * unitInLastPlace(x, 'float64');

  test('allow two units in the last place', () => {
    for (const x of [1, 1.5, 1e-8, -3e17, 2 ** -1040]) {
      expect(agree('fewAdditions', [x], [after(x, 2)]), `${x}`).toMatchObject({ ok: true, error: 2 });
      expect(agree('fewAdditions', [x], [after(x, 3)]).ok, `${x}`).toBe(false);
    }
    expect(agree('fewAdditions', [0], [2 * 5e-324]).ok).toBe(true);
    expect(agree('fewAdditions', [0], [1e-320]).ok).toBe(false);
  });

  test('count in float32 units for float32', () => {
    expect(agree('fewAdditions', [1], [1 + 2 ** -22], 'float32').ok).toBe(true);
    expect(agree('fewAdditions', [1], [1 + 3 * 2 ** -23], 'float32').ok).toBe(false);
  });
});

describe('the unit in the last place', () => {
  test('is that of the larger side at every power of two', () => {
    for (let exponent = -1074; exponent <= 1023; exponent++) {
      const expected = 2 ** Math.max(exponent - 52, -1074);
      expect(unitInLastPlace(2 ** exponent, 'float64'), `2^${exponent}`).toBe(expected);
    }
    for (let exponent = -149; exponent <= 127; exponent++) {
      expect(unitInLastPlace(2 ** exponent, 'float32'), `2^${exponent}`).toBe(2 ** Math.max(exponent - 23, -149));
    }
  });

  test('just below a power of two is half of that', () => {
    for (let exponent = -1000; exponent <= 1023; exponent += 7) {
      const below = 2 ** exponent * (1 - 2 ** -53);
      expect(unitInLastPlace(below, 'float64'), `2^${exponent}`).toBe(2 ** (exponent - 53));
    }
  });

  test('is the least number for subnormals and zero', () => {
    for (const x of [0, -0, 5e-324, 2 ** -1060, 3 * 2 ** -1070]) expect(unitInLastPlace(x, 'float64')).toBe(5e-324);
    for (const x of [0, 1e-45, 2 ** -140]) expect(unitInLastPlace(x, 'float32')).toBe(2 ** -149);
  });

  test('agrees with the bits of the number', () => {
    const random = seeded(1);
    const bits = new BigUint64Array(1);
    const number = new Float64Array(bits.buffer);
    for (let i = 0; i < 2000; i++) {
      const x = (random() - 0.5) * 2 ** Math.floor(random() * 2040 - 1040);
      number[0] = Math.abs(x);
      bits[0] += 1n;
      expect(unitInLastPlace(x, 'float64')).toBe(number[0] - Math.abs(x));
    }
  });
});

describe('transform', () => {
  const yardsticks = (strength: number, maxPhase: number): Yardsticks => ({ transform: { strength, maxPhase } });

  test('is absolute, relative to the strengths: zero crossings do no harm', () => {
    expect(agree('transform', [0], [9e-10], 'float64', yardsticks(1000, 1)).ok).toBe(true);
    expect(agree('transform', [0], [1.1e-9], 'float64', yardsticks(1000, 1)).ok).toBe(false);
    expect(agree('transform', [0], [1.9e-6], 'float32', yardsticks(1, 1e5)).ok).toBe(true);
    expect(agree('transform', [0], [2.1e-6], 'float32', yardsticks(1, 1e5)).ok).toBe(false);
  });

  test('allows for large phases in float64', () => {
    expect(transformTolerance('float64', 100)).toBe(1e-12);
    expect(transformTolerance('float64', 892)).toBeCloseTo(8 * 2 ** -52 * 893, 20);
    expect(transformTolerance('float32', 1e6)).toBe(tolerances.transform.float32);
  });

  test('allows ten times a tolerance that was asked for', () => {
    const options = { precision: 'float64', yardsticks: yardsticks(1, 0), tolerance: 1e-6 } as const;
    expect(compare(array('transform'), real([0]), real([9e-6]), options).ok).toBe(true);
    expect(compare(array('transform'), real([0]), real([1.1e-5]), options).ok).toBe(false);
  });

  test('without a yardstick there is no verdict but failure', () => {
    expect(agree('transform', [1], [1]).message).toContain('no yardstick');
  });
});

describe('product', () => {
  test('is relative in l2', () => {
    expect(agree('product', [3, 4], [3, 4 + 4.9e-12]).ok).toBe(true);
    expect(agree('product', [3, 4], [3, 4 + 5.1e-12]).ok).toBe(false);
    expect(agree('product', [3, 4], [3, 4 + 9e-5], 'float32').ok).toBe(true);
    expect(agree('product', [3, 4], [3, 4 + 1.1e-4], 'float32').ok).toBe(false);
  });

  test('where zero is expected, only zero will do', () => {
    expect(agree('product', [0, 0], [0, 0])).toMatchObject({ ok: true, error: 0 });
    expect(agree('product', [0, 0], [0, 1e-30])).toMatchObject({ ok: false, error: Number.POSITIVE_INFINITY });
    expect(agree('product', [], []).ok).toBe(true);
  });

  test('holds at every magnitude', () => {
    for (let exponent = -300; exponent <= 300; exponent += 50) {
      const unit = 10 ** exponent;
      expect(agree('product', [unit, 2 * unit], [unit, 2 * unit * (1 + 1e-13)]).ok, `1e${exponent}`).toBe(true);
      expect(agree('product', [unit, 2 * unit], [unit, 3 * unit]).ok, `1e${exponent}`).toBe(false);
    }
  });
});

describe('solve', () => {
  test('measures the backward error with the lower triangle of the matrix', () => {
    expect(agree('solve', [1, 1], [1, 1], 'float64', unitSystem)).toMatchObject({ ok: true, error: 0 });
    // Only the residual counts, not the expected solution.
    expect(agree('solve', [7, 7], [1, 1], 'float64', unitSystem).ok).toBe(true);
    expect(agree('solve', [1, 1], [1, 1 + 1e-10], 'float64', unitSystem).ok).toBe(false);
  });

  test('has no float32, and needs its system', () => {
    expect(agree('solve', [1, 1], [1, 1], 'float32', unitSystem).message).toContain('not offered');
    expect(agree('solve', [1, 1], [1, 1]).message).toContain('no linear system');
  });

  test('overflow on the way is a failure', () => {
    const huge: Yardsticks = { system: { matrix: real([1e300]), vector: real([1e300]) } };
    expect(agree('solve', [1], [1e300], 'float64', huge)).toMatchObject({ ok: false, error: Number.POSITIVE_INFINITY });
  });
});

describe('sums', () => {
  test.each(['scalar', 'logDeterminant'] as const)('%s: relative to the value or the sum of absolute terms', (name) => {
    const relative = tolerances[name].float64;
    const at = (expected: number, actual: number, terms?: number) =>
      compare(scalar(name), expected, actual, {
        precision: 'float64',
        yardsticks: terms === undefined ? undefined : { terms },
      }).ok;
    expect(at(100, 100 + 90 * relative)).toBe(true);
    expect(at(100, 100 + 110 * relative)).toBe(false);
    expect(at(0, 90 * relative, 100)).toBe(true);
    expect(at(0, 110 * relative, 100)).toBe(false);
    expect(at(0, 1e-300)).toBe(false);
    expect(compare(scalar(name), 1, 1, { precision: 'float32' }).message).toContain('not offered');
  });

  test('errorBound: within a hundredth of each other, and above 0', () => {
    const at = (expected: number, actual: number) =>
      compare(scalar('errorBound'), expected, actual, { precision: 'float64' }).ok;
    expect(at(2e-9, 2.01e-9)).toBe(true);
    expect(at(2.01e-9, 2e-9)).toBe(true);
    expect(at(2e-9, 2.1e-9)).toBe(false);
    expect(at(2e-9, 0)).toBe(false);
    expect(at(2e-9, -2e-9)).toBe(false);
    expect(compare(scalar('errorBound'), 1, 1.001, { precision: 'float32' }).ok).toBe(false);
  });

  test('evidence: 1e-6, or relative to the sum of absolute terms if larger', () => {
    const at = (actual: number, terms?: number) =>
      compare(scalar('evidence'), 5, actual, {
        precision: 'float64',
        yardsticks: terms === undefined ? undefined : { terms },
      }).ok;
    expect(at(5 + 0.9 * evidenceFloor)).toBe(true);
    expect(at(5 + 1.1 * evidenceFloor)).toBe(false);
    expect(at(5 + 9e-6, 1e7)).toBe(true);
    expect(at(5 + 1.1e-5, 1e7)).toBe(false);
    expect(compare(scalar('evidence'), 1, 1, { precision: 'float32' }).ok).toBe(false);
  });
});

describe('records', () => {
  const returns: ResultSpec = {
    kind: 'record',
    entries: { sum: scalar('scalar'), vector: array('solve') },
    doc: '',
  };
  const options = { precision: 'float64', yardsticks: unitSystem } as const;
  const good = { sum: 3, vector: real([1, 1]) };

  test('are as good as their worst entry, which is named', () => {
    expect(compare(returns, good, good, options).ok).toBe(true);
    expect(compare(returns, good, { ...good, sum: 4 }, options).message).toMatch(/^sum: /);
    const bad = compare(returns, good, { ...good, vector: real([1, 2]) }, options);
    expect([bad.ok, bad.message.startsWith('vector: ')]).toEqual([false, true]);
  });

  test('miss no entry and are no numbers', () => {
    expect(compare(returns, good, { sum: 3 }, options).message).toContain('vector: expected real [2], got no array');
    expect(compare(returns, good, 3, options).ok).toBe(false);
    expect(compare(returns, good, real([1]), options).ok).toBe(false);
  });

  test('an error that cannot be measured is not hidden by one that can', () => {
    const huge = {
      precision: 'float64',
      yardsticks: { system: { matrix: real([1e300]), vector: real([1e300]) } },
    } as const;
    const record = { sum: 3, vector: real([1e300]) };
    expect(compare(returns, record, record, huge).ok).toBe(false);
  });
});

test('clearance is error over allowed', () => {
  expect(clearance({ error: 1, allowed: 4 })).toBe(0.25);
  expect(clearance({ error: 1, allowed: 0 })).toBe(Number.POSITIVE_INFINITY);
  expect(clearance({ error: 0, allowed: 0 })).toBe(0);
});

describe('positiveSolve', () => {
  // Unrestricted [1, -1] with a least at [1/2, 0]; nothing above the diagonal counts.
  const system = { matrix: real([2, Number.NaN, 1, 2], [2, 2]), vector: real([1, -1]) };
  const judged = (actual: readonly number[], zeroed?: readonly number[]) => {
    const yardsticks = { system: { ...system, zeroed: zeroed && bool(zeroed) } };
    return compare(array('positiveSolve'), real([0, 0]), real(actual), { precision: 'float64', yardsticks });
  };

  test('looks at the conditions of the least, not at the expected result', () => {
    expect(judged([0.5, 0])).toMatchObject({ ok: true, error: 0 });
    for (const other of [
      [1, -1],
      [1, 0],
      [0, 0],
      [0.5, 1e-9],
      [0.5, -1e-9],
      [0.5 + 1e-9, 0],
    ]) {
      expect(judged(other).ok, `${other}`).toBe(false);
    }
  });

  test('wants what is held at zero to be zero, and asks nothing more of it', () => {
    expect(judged([0, 0], [1, 0])).toMatchObject({ ok: true, error: 0 });
    expect(judged([1e-300, 0], [1, 0])).toMatchObject({ ok: false, error: Number.POSITIVE_INFINITY });
    expect(judged([0.5, 0], [0, 1]).ok).toBe(true);
  });

  test('knows no units', () => {
    const inUnits = { matrix: real([2e-40, 0, 1e-10, 2e20], [2, 2]), vector: real([1e-20, -1e10]) };
    const found = (s: readonly number[]) =>
      compare(array('positiveSolve'), real([0, 0]), real(s), { precision: 'float64', yardsticks: { system: inUnits } })
        .error;
    expect(found([0.5e20, 0])).toBeLessThan(1e-15);
    expect(found([0.5e20, 1e-19])).toBeGreaterThan(1e-10);
  });

  test('is not offered in float32', () => {
    expect(agree('positiveSolve', [1, 1], [1, 1], 'float32', unitSystem).ok).toBe(false);
  });
});

describe('violation and effort', () => {
  test('a violation is told to 1e-10, and never negative', () => {
    expect(agree('violation', [1e-16], [9e-11]).ok).toBe(true);
    expect(agree('violation', [1e-16], [2e-10]).ok).toBe(false);
    expect(agree('violation', [1e-16], [-1e-16]).ok).toBe(false);
  });

  test('an effort is any number of steps', () => {
    expect(agree('effort', [3], [7]).ok).toBe(true);
    for (const other of [-1, 0.5, Number.NaN]) expect(agree('effort', [3], [other]).ok).toBe(false);
  });
});

describe('inverses', () => {
  const yardsticks: Yardsticks = { inverted: real([2, 99, 1, 2], [2, 2]) };
  const inverse = [2 / 3, -1 / 3, -1 / 3, 2 / 3];

  test('are judged by what they leave of A X = 1, A by its lower triangle', () => {
    expect(agree('inverse', inverse, inverse, 'float64', yardsticks).ok).toBe(true);
    const off = inverse.map((value, at) => value + (at === 3 ? 1e-12 : 0));
    expect(agree('inverse', inverse, off, 'float64', yardsticks).ok).toBe(false);
  });

  test('must be symmetric to the last bit, and have a matrix to be held against', () => {
    const askew = inverse.map((value, at) => (at === 1 ? value * (1 + Number.EPSILON) : value));
    expect(agree('inverse', inverse, askew, 'float64', yardsticks).ok).toBe(false);
    expect(agree('inverse', inverse, inverse, 'float64', {}).ok).toBe(false);
    expect(agree('inverse', inverse, inverse, 'float32', yardsticks).ok).toBe(false);
  });
});

describe('derivatives', () => {
  const entry = (by: string): ArrayResult => ({ ...array('derivative'), derivativeOf: { entry: 'total', by } });
  const returns: ResultSpec = {
    kind: 'record',
    doc: '',
    entries: { total: entry('x'), term: entry('x'), other: entry('y') },
  };
  const record = (total: number) => ({ total: real([total]), term: real([1e3]), other: real([1]) });

  test('are relative to the largest by the same argument: a sum may cancel', () => {
    expect(compare(returns, record(0), record(5e-6), { precision: 'float64' }).ok).toBe(true);
    expect(compare(returns, record(0), record(5e-5), { precision: 'float64' }).ok).toBe(false);
    const off = { ...record(0), other: real([1 + 1e-6]) };
    expect(compare(returns, record(0), off, { precision: 'float64' }).ok).toBe(false);
  });
});
