import { createRandom } from '@wtilde/data';
import type { Evaluation, ObjectiveParameter } from '../objective.js';

/**
 * Points of the unit cube, one in each of `count` slices of every side (a Latin hypercube): the same for the same seed.
 */
function latinHypercube(count: number, order: number, seed: string): readonly Float64Array[] {
  const columns = Array.from({ length: order }, (_, side) => {
    const random = createRandom(`${seed}/side/${side}`);
    const column = Array.from({ length: count }, (_, slice) => (slice + random.uniform()) / count);
    for (let i = count - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [column[i], column[j]] = [column[j], column[i]];
    }
    return column;
  });
  return Array.from({ length: count }, (_, at) => Float64Array.from(columns, (column) => column[at]));
}

/** Guesses drawn from the prior: values of all parameters, and the shares that they were made of. */
export interface Guesses {
  readonly shares: readonly Float64Array[];
  readonly points: readonly Float64Array[];
}

export function guessesFrom(parameters: readonly ObjectiveParameter[], count: number, seed: string): Guesses {
  const shares = latinHypercube(count, parameters.length, seed);
  const points = shares.map((share) => Float64Array.from(parameters, ({ prior }, at) => prior.valueAt(share[at])));
  return { shares, points };
}

/**
 * The best of some guesses, as many as are asked for. Guesses that are as good as on top of each other would end together,
 * so each keeps away from better ones by a tenth of the prior in some parameter while others are left.
 */
export function bestOf({ shares, points }: Guesses, evaluations: readonly Evaluation[], starts: number) {
  const order = [...shares.keys()]
    .filter((at) => Number.isFinite(evaluations[at].logLikelihood))
    .sort((a, b) => evaluations[b].logLikelihood - evaluations[a].logLikelihood || a - b);
  const apart = (a: number, b: number) => Math.max(...shares[a].map((share, i) => Math.abs(share - shares[b][i])));
  const chosen: number[] = [];
  for (const at of order) {
    if (chosen.length < starts && chosen.every((other) => apart(at, other) > 0.1)) chosen.push(at);
  }
  for (const at of order) if (chosen.length < starts && !chosen.includes(at)) chosen.push(at);
  return chosen.map((at) => points[at]);
}
