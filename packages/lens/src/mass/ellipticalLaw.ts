import { WtildeError } from '@wtilde/core-types';
import type { MassLaw } from './law.js';
import { tanhSinhNodes } from './tanhSinh.js';

/** A round density, as functions of the distance from its centre. */
export interface RadialLaw {
  convergence(radius: number): number;
  /** Towards the centre, in arcsec. */
  deflection(radius: number): number;
  potential(radius: number): number;
}

/**
 * The law of a round density, its circles of constant density stretched to ellipses with x^2 + y^2 / q^2 constant.
 *
 * Deflection 2q / (1-q^2) (x int_0^L kappa(xi) e^-s ds, y int_0^L kappa(xi) e^s ds), potential
 * q int_0^L xi alpha(xi) / (2 sinh s) ds, with L = ln(1/q) and xi^2 = (1 - e^-2s) / (1-q^2) (x^2 + y^2 e^2s): the
 * integrals of Schramm 1990 and Keeton 2001 in s = -ln(1 - (1-q^2) u) / 2, where they are as smooth for a needle as
 * for a circle. By the tanh-sinh rule, refined at every point until it holds to about 1e-12 of the result.
 *
 * Cost: some 100 values of the round density for each point, some 400 for needles or far outside of the density's core.
 */
export function ellipticalLaw(radial: RadialLaw, q: number): MassLaw {
  return q === 1 ? roundLaw(radial) : stretchedLaw(radial, q);
}

function roundLaw(radial: RadialLaw): MassLaw {
  return {
    deflect(x, y, out) {
      const radius = Math.hypot(x, y);
      const factor = radius === 0 ? 0 : radial.deflection(radius) / radius;
      out[0] = factor * x;
      out[1] = factor * y;
    },
    convergence: (x, y) => radial.convergence(Math.hypot(x, y)),
    potential: (x, y) => radial.potential(Math.hypot(x, y)),
  };
}

/** Where twice the nodes change an integral by less than this part of it, its error is about the square of that. */
const settled = { deflection: 1e-8, potential: 1e-10 };
const mostLevels = 9;

/** Where the rule of one level looks, and what a value there counts in each of the integrals. */
interface Level {
  /** (1 - e^-2s) / (1-q^2) */
  readonly shell: Float64Array;
  /** e^2s */
  readonly stretch: Float64Array;
  readonly alongX: Float64Array;
  readonly alongY: Float64Array;
  readonly depth: Float64Array;
}

function stretchedLaw(radial: RadialLaw, q: number): MassLaw {
  const length = -Math.log(q);
  const flattening = (1 - q) * (1 + q);
  const levels: Level[] = [];

  function levelAt(at: number): Level {
    while (levels.length <= at) levels.push(levelOf(levels.length));
    return levels[at];
  }

  function levelOf(level: number): Level {
    const { places, weights } = tanhSinhNodes(level);
    const s = places.map((place) => length * place);
    const measure = weights.map((weight) => (length * weight) / flattening);
    return {
      shell: s.map((each) => -Math.expm1(-2 * each) / flattening),
      stretch: s.map((each) => Math.exp(2 * each)),
      alongX: s.map((each, i) => 2 * q * measure[i] * Math.exp(-each)),
      alongY: s.map((each, i) => 2 * q * measure[i] * Math.exp(each)),
      depth: s.map((each, i) => (q * flattening * measure[i]) / (2 * Math.sinh(each))),
    };
  }

  /** Adds levels to two integrals until neither changes; `add` adds one level's values to `sums`. */
  function integrate(within: number, sums: Float64Array, add: (level: Level, sums: Float64Array) => void): void {
    sums.fill(0);
    let [before0, before1] = [Number.NaN, Number.NaN];
    for (let at = 0; at < mostLevels; at++) {
      add(levelAt(at), sums);
      const now0 = sums[0] / 2 ** at;
      const now1 = sums[1] / 2 ** at;
      const close0 = Math.abs(now0 - before0) <= within * Math.abs(now0);
      const close1 = Math.abs(now1 - before1) <= within * Math.abs(now1);
      [before0, before1] = [now0, now1];
      if (close0 && close1) break;
      if (at === mostLevels - 1) throw unsettled(q);
    }
    sums[0] = before0;
    sums[1] = before1;
  }

  const scratch = new Float64Array(2);
  return {
    deflect(x, y, out) {
      out.fill(0);
      if (x === 0 && y === 0) return;
      const radiusOf = radiusAt(x, y);
      integrate(settled.deflection, out, ({ shell, stretch, alongX, alongY }, sums) => {
        for (let i = 0; i < shell.length; i++) {
          const kappa = radial.convergence(radiusOf(shell[i], stretch[i]));
          sums[0] += alongX[i] * kappa;
          sums[1] += alongY[i] * kappa;
        }
      });
      out[0] *= x;
      out[1] *= y;
    },
    convergence: (x, y) => radial.convergence(Math.hypot(x, y / q)),
    potential(x, y) {
      if (x === 0 && y === 0) return 0;
      const radiusOf = radiusAt(x, y);
      integrate(settled.potential, scratch, ({ shell, stretch, depth }, sums) => {
        for (let i = 0; i < shell.length; i++) {
          const radius = radiusOf(shell[i], stretch[i]);
          sums[0] += depth[i] * radius * radial.deflection(radius);
        }
      });
      return scratch[0];
    },
  };
}

/** xi at a point; squares of the distances themselves might underflow. */
function radiusAt(x: number, y: number): (shell: number, stretch: number) => number {
  const distance = Math.hypot(x, y);
  const alongX = (x / distance) ** 2;
  const alongY = (y / distance) ** 2;
  return (shell, stretch) => distance * Math.sqrt(shell * (alongX + alongY * stretch));
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
