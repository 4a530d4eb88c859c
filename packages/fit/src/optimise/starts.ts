import { createRandom } from '@wtilde/data';
import type { Evaluation, ObjectiveParameter } from '../objective.js';
import type { Search } from './search.js';

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

/** Orders of magnitude to either side in which the parameter that is held is looked for, and values in each. */
const [reach, perDecade] = [3, 2];

/**
 * The best value of the parameter that easier versions hold, for the best of some points: scanned in powers of ten about
 * what it is there, within its prior.
 */
export function* bestHeld(
  points: readonly Float64Array[],
  held: number,
  { prior }: ObjectiveParameter,
): Search<number | undefined> {
  const evaluations = yield { points, gradient: false };
  const likelihoods = evaluations.map(({ logLikelihood }) => logLikelihood);
  const best = Math.max(...likelihoods);
  if (!Number.isFinite(best)) return undefined;
  const point = points[likelihoods.indexOf(best)];
  const values = Array.from({ length: 2 * reach * perDecade + 1 }, (_, i) => point[held] * 10 ** (i / perDecade - reach));
  const inside = values.filter((value) => value >= prior.low && value <= prior.high);
  const scan = inside.map((value) => point.map((each, at) => (at === held ? value : each)));
  const scanned = (yield { points: scan, gradient: false }).map(({ logLikelihood }) => logLikelihood);
  return inside[scanned.indexOf(Math.max(...scanned))] ?? point[held];
}
