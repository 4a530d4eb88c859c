// How many values with gradients it takes from a start that is off to the best that ten starts find.
import { evidenceObjective, type Objective, optimise, parseModelWithPriors } from '../../packages/fit/dist/index.js';
import type { Observed } from './lenses.ts';

export interface Descents {
  /** Log posterior of the best that ten starts find. */
  readonly best: number;
  /** A descent from 0.1 arcsec and 15 degrees off, to either side. */
  readonly from: readonly DescentFrom[];
}

interface DescentFrom {
  /** By how much the Einstein radius is off, in arcsec, and the angle, in degrees. */
  readonly off: readonly [radius: number, angle: number];
  /** What it ends below the best. */
  readonly below: number;
  /** Values with gradients until it is within 0.2 of the best, those of easier versions too; undefined where it never is. */
  readonly pairs?: number | undefined;
  /** Of the whole fit, its errors too; and values without gradients. */
  readonly pairsInAll: number;
  readonly values: number;
}

const within = 0.2;

/**
 * Fits of the isothermal mass (centre, Einstein radius, ellipticity) and of the coefficient; a shear is known.
 *
 * @param mesh such as overlay:26x26
 */
export async function descentsOf({ lens, inversion }: Observed, mesh: string): Promise<Descents> {
  const [mass, ...others] = lens.mass;
  if (mass.type !== 'Isothermal') throw new Error('not one of the five lenses');
  const { centre = [0, 0], einsteinRadius, axisRatio = 1, angle = 0 } = mass;
  const own = {
    type: 'Isothermal',
    centre: centre.map((at) => ({ normal: [Math.round(10 * at) / 10, 0.1] })),
    einsteinRadius: { uniform: [0.8, 2] },
    ellComps: [{ normal: [0, 0.3] }, { normal: [0, 0.3] }],
  };
  const model = parseModelWithPriors({ mass: [own, ...others] }, { mesh, regularization: 'gradient:3' });
  const objective = evidenceObjective(inversion, model);
  const start = (off: DescentFrom['off'], aside: readonly [number, number] = [0, 0]) => {
    const flattening = (1 - axisRatio) / (1 + axisRatio);
    const twice = ((angle + off[1]) * Math.PI) / 90;
    const ellComps = [flattening * Math.sin(twice), flattening * Math.cos(twice)];
    return [centre[0] + aside[0], centre[1] + aside[1], einsteinRadius + off[0], ...ellComps, 3];
  };
  const ten = Array.from({ length: 10 }, (_, k) => {
    const [around, far] = [(2 * Math.PI * k) / 10, 0.08 * ((k % 4) / 3)];
    const aside = [far * Math.cos(around), far * Math.sin(around)] as const;
    return start([k % 2 === 0 ? 0.05 : -0.05, 15 * ((k % 3) - 1)], aside);
  });
  const traces = [];
  for (const off of [
    [0.1, 15],
    [-0.1, -15],
  ] as const) {
    const { traced, trace } = tracing(objective);
    await optimise(traced, { from: [start(off)] });
    traces.push({ off, trace });
  }
  const { logPosterior } = await optimise(objective, { from: ten });
  const best = Math.max(logPosterior, ...traces.map(({ trace }) => trace.best));
  const from = traces.map(({ off, trace }) => ({
    off,
    below: best - trace.best,
    pairs: trace.reached.find(({ height }) => height > best - within)?.pairs,
    pairsInAll: trace.pairs,
    values: trace.values,
  }));
  return { best, from };
}

/** The objective, and a record of how high it was after how many pairs. */
function tracing(objective: Objective) {
  const trace = {
    best: Number.NEGATIVE_INFINITY,
    pairs: 0,
    values: 0,
    reached: [] as { pairs: number; height: number }[],
  };
  const traced: Objective = {
    ...objective,
    async evaluate(points, how) {
      const evaluations = await objective.evaluate(points, how);
      for (const [at, { logLikelihood }] of evaluations.entries()) {
        if (how.gradient) trace.pairs += 1;
        else trace.values += 1;
        const height = logLikelihood + logPriorOf(objective, points[at]);
        if ((how.ease ?? 1) !== 1 || !(height > trace.best)) continue;
        trace.best = height;
        trace.reached.push({ pairs: trace.pairs, height });
      }
      return evaluations;
    },
  };
  return { traced, trace };
}

/** As optimisers count it: by the coordinates of the priors. */
function logPriorOf({ parameters }: Objective, point: Float64Array): number {
  return parameters.reduce(
    (sum, { prior: { coordinate } }, at) => sum + coordinate.logDensity(coordinate.of(point[at])),
    0,
  );
}
