import type { Evaluation, Objective } from '../objective.js';
import type { Search } from './search.js';

/** How a problem is made easier step by step, as it was found for it. */
export interface Ladder {
  /** How much easier, the easiest first; empty for a problem that cannot be. */
  readonly factors: readonly number[];
  /** What is gained from nothing at all to the best: the depth of the landscape, in natural logarithms. */
  readonly relief: number;
  /** The values of the parameters that are held which suit the best point. */
  readonly held?: readonly number[] | undefined;
}

/** Powers of ten that are tried. */
const exponents = Array.from({ length: 15 }, (_, i) => -2 + i / 2);
/** The easiest version has lost this share of what there is to gain. */
const lost = 0.5;
/** From one version to the next. */
const stride = 4;

/**
 * The versions of a problem that lead from one without ripples to itself. The easiest is the one in which half of what the
 * data say is lost, at the best of some points: with less some starts are caught in ripples, with more they lose their way.
 */
export function* ladderFor({ easing }: Objective, points: readonly Float64Array[]): Search<Ladder> {
  if (easing === undefined) return { factors: [], relief: 0 };
  const { held = [], power } = easing;
  const first: readonly Evaluation[] = yield { points, gradient: false };
  const point = points[indexOfBest(first)];
  const scan = [];
  // One by one, as each is a problem of its own.
  for (const exponent of exponents) {
    const [{ logLikelihood }]: readonly Evaluation[] = yield { points: [point], gradient: false, ease: 10 ** exponent };
    scan.push(logLikelihood);
  }
  const nothing = scan[scan.length - 1];
  const suited = power === undefined ? exponents.indexOf(0) : scan.indexOf(Math.max(...scan));
  const relief = scan[suited] - nothing;
  if (!(relief > 0) || !Number.isFinite(relief)) return { factors: [], relief: 0 };
  let at = suited;
  while (at < scan.length - 1 && scan[at] - nothing > (1 - lost) * relief) at += 1;
  const easiest = 10 ** (exponents[at] - exponents[suited]);
  const count = Math.max(0, Math.ceil(Math.log(easiest) / Math.log(stride) - 0.5));
  return {
    factors: Array.from({ length: count }, (_, i) => stride ** (count - i)),
    relief,
    ...(power === undefined ? {} : { held: held.map((at) => point[at] * (10 ** exponents[suited]) ** power) }),
  };
}

function indexOfBest(evaluations: readonly Evaluation[]): number {
  const likelihoods = evaluations.map(({ logLikelihood }) => logLikelihood);
  return likelihoods.indexOf(Math.max(...likelihoods));
}
