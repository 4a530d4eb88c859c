import type { RadialDensity } from './radialDensity.js';

/** A density in space that depends on r only. */
export interface SpatialDensity {
  readonly shapes: number;
  /** The power that it falls by from its centre, below 3. */
  readonly inner: number;
  /** Where its logarithmic slope changes, as ln r. */
  readonly features: readonly number[];
  /** ln rho. */
  logarithm(r: number): number;
  /** Writes to `out` the derivatives of ln rho by ln r and by every parameter of its shape. */
  slopes(r: number, out: Float64Array): void;
}

/** Beyond these ln z there is a power law. */
const furthest = 400;

/** Nodes of a piece, whose width is at most two thirds of the distance from the nearest change of slope. */
const nodes = 22;
const widest = 2 / 3;

/** Pitch of the trapezoidal rule, whose error is about exp(-pi^2 / pitch). */
const pitch = 0.25;

/**
 * A density in space as it is seen, 2 int_0^infinity rho(z cosh w) z cosh w dw: by the trapezoidal rule, which for such
 * an integrand is right to rounding (Trefethen & Weideman 2014).
 *
 * Its logarithm and its derivatives are smooth functions of ln z, so they are summed from Chebyshev series over pieces of
 * ln z, each made when it is first asked for. Right to about 1e-13. Cost: some 50 multiplications.
 */
export function projected(density: SpatialDensity): RadialDensity {
  const { shapes, inner } = density;
  const count = 2 + shapes;
  const pieces = new Map<number, Piece>();
  const starts = startsOf(density.features);
  const indexes = new Int16Array(2 * furthest);
  for (const [at, start] of starts.entries()) indexes.fill(at, start + furthest);

  /** ln kappa and its derivatives at ln z. */
  function direct(logZ: number, out: Float64Array): void {
    const z = Math.exp(logZ);
    const slopes = new Float64Array(1 + shapes);
    let [sum, reference] = [0, 0];
    out.fill(0);
    for (let step = 0; ; step++) {
      const stretch = Math.cosh(step * pitch);
      const r = z * stretch;
      const logarithm = density.logarithm(r) + Math.log(stretch);
      if (step === 0) reference = logarithm;
      const term = (step === 0 ? 0.5 : 1) * Math.exp(logarithm - reference);
      density.slopes(r, slopes);
      sum += term;
      out[1] += term * (1 + slopes[0]);
      for (let k = 0; k < shapes; k++) out[2 + k] += term * slopes[1 + k];
      // Beyond all changes of slope, where terms only fall.
      if (term < 1e-19 * sum && Math.log(r) > density.features[density.features.length - 1]) break;
    }
    out[0] = Math.log(2 * pitch * sum) + logZ + reference;
    for (let k = 1; k < count; k++) out[k] /= sum;
  }

  function pieceAt(logZ: number): Piece {
    const at = indexes[Math.min(Math.max(Math.floor(logZ) + furthest, 0), 2 * furthest - 1)];
    const known = pieces.get(at);
    if (known !== undefined) return known;
    const [from, to] = [starts[at], starts[at + 1] ?? furthest];
    const made = chebyshev(from, to, count, direct);
    pieces.set(at, made);
    return made;
  }

  const values = new Float64Array(count);

  return {
    shapes,
    cusp: Math.max(0, inner - 1),
    convergence(z) {
      if (z === 0) return inner < 1 ? atCentre() : Number.POSITIVE_INFINITY;
      const logZ = Math.log(z);
      return Math.exp(pieceAt(logZ).valueAt(logZ, 0));
    },
    rates(z, out) {
      const logZ = Math.log(z);
      const piece = pieceAt(logZ);
      const value = Math.exp(piece.valueAt(logZ, 0));
      out[0] = value;
      for (let k = 1; k < count; k++) out[k] = value * piece.valueAt(logZ, k);
    },
  };

  function atCentre(): number {
    direct(1 - furthest, values);
    return Math.exp(values[0]);
  }
}

interface Piece {
  valueAt(logZ: number, which: number): number;
}

/** Series of `count` functions between two places (Clenshaw 1955). */
function chebyshev(from: number, to: number, count: number, valuesAt: (at: number, out: Float64Array) => void): Piece {
  const coefficients = new Float64Array(count * nodes);
  const values = new Float64Array(count);
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  for (let node = 0; node < nodes; node++) {
    const angle = (Math.PI * (node + 0.5)) / nodes;
    valuesAt(middle + half * Math.cos(angle), values);
    for (let k = 0; k < count; k++) {
      for (let n = 0; n < nodes; n++) {
        coefficients[k * nodes + n] += ((n === 0 ? 1 : 2) / nodes) * values[k] * Math.cos(n * angle);
      }
    }
  }
  return {
    valueAt(logZ, which) {
      const x = (logZ - middle) / half;
      let [later, latest] = [0, 0];
      for (let n = nodes - 1; n > 0; n--) {
        const next = coefficients[which * nodes + n] + 2 * x * later - latest;
        latest = later;
        later = next;
      }
      return coefficients[which * nodes] + x * later - latest;
    },
  };
}

/** Whole numbers at which pieces start. */
function startsOf(features: readonly number[]): number[] {
  const starts: number[] = [];
  const divide = (from: number, to: number): void => {
    const away = Math.min(...features.map((at) => (at < from ? from - at : at > to ? at - to : 0)));
    if (to - from <= Math.max(1, widest * (away + (to - from) / 2))) {
      starts.push(from);
      return;
    }
    const middle = Math.floor((from + to) / 2);
    divide(from, middle);
    divide(middle, to);
  };
  divide(-furthest, furthest);
  return starts;
}
