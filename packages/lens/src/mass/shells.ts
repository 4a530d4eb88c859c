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
  /** q e^s du / (2 u) = q ds / (2 sinh s) */
  readonly depth: Float64Array;
}

const mostLevels = 9;

/** Adds one level's values to integrals. */
type Add = (shells: Shells, sums: Float64Array) => void;

/**
 * Integrals over the shells of an elliptical density of axis ratio q by the tanh-sinh rule in s, where they are as
 * smooth for a needle as for a circle.
 *
 * `integralsOf(count, within)` makes a function of `Add`: it gives `count` integrals of functions that do not change
 * sign, in an array that the next call writes to again. Levels are added until none of them changes by more than a part
 * of `within`; the error is then about the square of that. It throws NumericalFailure where they do not settle.
 */
export function shellsOf(q: number) {
  const length = -Math.log(q);
  const flattening = (1 - q) * (1 + q);
  const levels: Shells[] = [];

  function levelAt(at: number): Shells {
    while (levels.length <= at) levels.push(levelOf(levels.length));
    return levels[at];
  }

  function levelOf(level: number): Shells {
    const { places, weights } = tanhSinhNodes(level);
    const shell = places.map((place) => (q === 1 ? place : -Math.expm1(-2 * length * place) / flattening));
    const stretch = places.map((place) => Math.exp(2 * length * place));
    const pitch = q === 1 ? 1 / 2 : length / flattening;
    const alongX = places.map((place, i) => 2 * q * pitch * weights[i] * Math.exp(-length * place));
    return {
      shell,
      stretch,
      alongX,
      alongY: places.map((place, i) => 2 * q * pitch * weights[i] * Math.exp(length * place)),
      depth: alongX.map((weight, i) => weight / (2 * shell[i])),
    };
  }

  function integralsOf(count: number, within: number): (add: Add) => Float64Array {
    const sums = new Float64Array(count);
    const values = new Float64Array(count);
    return (add) => {
      sums.fill(0);
      values.fill(Number.NaN);
      for (let at = 0; at < mostLevels; at++) {
        add(levelAt(at), sums);
        let close = true;
        for (let i = 0; i < count; i++) {
          const value = sums[i] / 2 ** at;
          close &&= Math.abs(value - values[i]) <= within * Math.abs(value);
          values[i] = value;
        }
        if (close) return values;
      }
      throw unsettled(q);
    };
  }

  return { integralsOf };
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
