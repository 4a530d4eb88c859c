import { WtildeError } from '@wtilde/core-types';
import { tanhSinhNodes } from './tanhSinh.js';

/** The shells u from 0 to 1 of an elliptical density that one level of a rule adds, s = -ln(1 - (1-q^2) u) / 2. */
export interface Shells {
  /** u = (1 - e^-2s) / (1-q^2) */
  readonly shell: Float64Array;
  /** e^2s */
  readonly stretch: Float64Array;
  /** q e^s du */
  readonly alongX: Float64Array;
  /** q e^3s du */
  readonly alongY: Float64Array;
  /** G du with G = q/2 ln(tanh(L/2) / tanh(s/2)), L = ln(1/q): how deep the mass of a shell makes the potential. */
  readonly depthX: Float64Array;
  /** G e^4s du */
  readonly depthY: Float64Array;
}

const mostLevels = 9;

/** From this level on a change may be larger: what is so hard to settle is a tiny part of something else. */
const lenientFrom = 6;
const lenience = 1e4;

/** What is smaller has lost its digits. */
const underflow = 1e-280;

/** Shells within this count for nothing, whatever their density. */
const innermost = 1e-290;

/** Adds one level's values to integrals. */
type Add = (shells: Shells, sums: Float64Array) => void;

/** A part of the shells, between two places in s / L, and how the nodes of the rule from 0 to 1 are laid out in it. */
interface Piece {
  /** s / L at a node. */
  placeOf(node: number): number;
  /** Its derivative. */
  pitchOf(node: number): number;
}

/** From the centre, flat where the density falls by a power. */
function inward(to: number, power: number): Piece {
  if (power === 1) return { placeOf: (node) => to * node, pitchOf: () => to };
  return { placeOf: (node) => to * node ** power, pitchOf: (node) => to * power * node ** (power - 1) };
}

/** From a place to the last shell, over many orders of magnitude if need be. */
function outward(from: number): Piece {
  const decades = -Math.log(from);
  const placeOf = (node: number) => from * Math.exp(decades * node);
  return { placeOf, pitchOf: (node) => decades * placeOf(node) };
}

/**
 * Integrals over the shells of an elliptical density of axis ratio q by the tanh-sinh rule in s, where they are as
 * smooth for a needle as for a circle. A `cusp` is the power that the density falls by from its centre, up to 1.9: the
 * rule is bent so that its integrand is flat there.
 *
 * `integralsOf(count, within, signed)` makes a function of `Add` and of the place where the density has a kink, if it has:
 * the integrals from the centre to there and from there on are apart. It gives `count` integrals of functions that do not
 * change sign, then `signed` ones of functions that may, for whose magnitudes as many sums follow; in an array that the
 * next call writes to again. Levels are added until none of them changes by more than a part of `within`; the error is
 * then about the square of that. It throws NumericalFailure where they do not settle.
 */
export function shellsOf(q: number, cusp = 0) {
  const length = -Math.log(q);
  const flattening = (1 - q) * (1 + q);
  const inner = 1 / (1 - cusp / 2);

  function levelOf(level: number, { placeOf, pitchOf }: Piece): Shells {
    const { places: nodes, weights } = tanhSinhNodes(level);
    const count = nodes.length;
    const [shell, stretch, alongX, alongY, depthX, depthY] = Array.from({ length: 6 }, () => new Float64Array(count));
    // 2 q ds / du at the centre, per place.
    const pitch = (q === 1 ? 1 : (2 * length) / flattening) * q;
    for (let i = 0; i < count; i++) {
      const place = placeOf(nodes[i]);
      const u = q === 1 ? place : -Math.expm1(-2 * length * place) / flattening;
      const counts = u > innermost;
      shell[i] = counts ? u : innermost;
      const grown = Math.exp(length * place);
      stretch[i] = grown * grown;
      const weight = counts ? weights[i] * pitchOf(nodes[i]) : 0;
      alongX[i] = (pitch * weight) / grown;
      alongY[i] = pitch * weight * grown;
      const depth = q === 1 ? -Math.log(place) : Math.log(Math.tanh(length / 2) / Math.tanh((length * place) / 2));
      depthX[i] = counts ? ((depth / 2) * alongX[i]) / grown : 0;
      depthY[i] = depthX[i] * stretch[i] * stretch[i];
    }
    return { shell, stretch, alongX, alongY, depthX, depthY };
  }

  const whole = inward(1, inner);
  const levels: Shells[] = [];

  function levelAt(at: number, piece: Piece): Shells {
    if (piece !== whole) return levelOf(at, piece);
    while (levels.length <= at) levels.push(levelOf(levels.length, whole));
    return levels[at];
  }

  function integralsOf(count: number, within: number, signed = 0): (add: Add, kink?: number) => Float64Array {
    const all = count + 2 * signed;
    const sums = new Float64Array(all);
    const values = new Float64Array(all);
    const total = new Float64Array(all);

    function integrate(add: Add, piece: Piece): void {
      sums.fill(0);
      values.fill(Number.NaN);
      for (let at = 0; at < mostLevels; at++) {
        add(levelAt(at, piece), sums);
        let close = true;
        const bound = at < lenientFrom ? within : within * lenience;
        for (let i = 0; i < all; i++) {
          const value = sums[i] / 2 ** at;
          const size = i < count ? value : sums[i + signed] / 2 ** at;
          close &&= i >= count + signed || Math.abs(value - values[i]) <= bound * Math.abs(size) + underflow;
          values[i] = value;
        }
        if (close) return;
      }
      throw unsettled(q);
    }

    return (add, kink = 1) => {
      if (kink >= 1) {
        integrate(add, whole);
        return values;
      }
      integrate(add, inward(kink, inner));
      total.set(values);
      integrate(add, outward(kink));
      for (let i = 0; i < all; i++) total[i] += values[i];
      return total;
    };
  }

  /**
   * s / L of the shell of some xi^2 over r^2, at a point whose direction has the squares xx and yy; 1 and more where it is
   * beyond. With k that ratio and T = e^2s, (T - 1) (xx + yy T) = (1-q^2) k T: by u, or by T where it is
   * large.
   */
  function placeOfShell(k: number, xx: number, yy: number): number {
    if (k >= xx + yy / (q * q)) return 1;
    const sum = 1 + flattening * k;
    const u = (2 * k) / (sum + Math.sqrt(Math.max(0, sum * sum - 4 * flattening * xx * k)));
    if (q === 1) return u;
    if (flattening * u < 0.5) return -Math.log1p(-flattening * u) / (2 * length);
    const excess = xx - yy - flattening * k;
    const root = Math.sqrt(excess * excess + 4 * xx * yy);
    const stretch = excess > 0 ? (2 * xx) / (excess + root) : (root - excess) / (2 * yy);
    return Math.log(stretch) / (2 * length);
  }

  return { integralsOf, placeOfShell };
}

function unsettled(q: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the deflection of an elliptical density cannot be integrated to full precision',
    where: 'mass',
    expected: `an integral that settles at axis ratio ${q}`,
    actual: 'one that does not',
    remedy: 'use a rounder profile, or a larger scale radius',
  });
}
