import { factorOfCovariance } from '../numbers/matrix.js';
import type { Landscape } from '../optimise/landscape.js';
import type { Fit } from '../optimise/optimise.js';
import type { Mixture } from './mixture.js';

/** Maxima that are lower by more have no share in the posterior. */
const likelyWithin = 10;

/** One component around every maximum of a fit, with the errors of the best one. */
export function mixtureOfFit({ covariance, starts, logPosterior }: Fit, landscape: Landscape): Mixture {
  const { order } = landscape;
  const likely = starts.filter((start) => start.logPosterior > logPosterior - likelyWithin);
  return likely.map(({ values }) => {
    const centre = landscape.coordinatesOf(values);
    const scales = landscape.scalesAt(centre);
    const shape = new Float64Array(order * order);
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++)
        shape[i * order + j] = (covariance?.[i * order + j] ?? 0) / (scales[i] * scales[j]);
    }
    for (let i = 0; i < order; i++) {
      const most = Math.min(1, landscape.high[i] - landscape.low[i]) / 3;
      const error = Math.sqrt(shape[i * order + i]);
      // Of what is at an edge, and of what the data tell nothing of.
      if (!(error > 0)) shape[i * order + i] = (most / 3) ** 2;
      else if (error > most) {
        for (let k = 0; k < order; k++) {
          shape[i * order + k] *= most / error;
          shape[k * order + i] *= most / error;
        }
      }
    }
    return { share: 1 / likely.length, centre, factor: factorOfCovariance(shape, order) };
  });
}
