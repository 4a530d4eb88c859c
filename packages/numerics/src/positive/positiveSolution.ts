import { isWtildeError, WtildeError } from '@wtilde/core-types';
import { exchangeBlocks, exchangeSingly, type Search } from './exchange.js';
import { Optimality } from './optimality.js';
import { leastIndependence, PassiveSolver } from './passiveSolver.js';
import type { PositiveSystem } from './positiveSystem.js';

/** Where a search starts, and what is left out of it. */
export interface PositiveStart {
  /** (S) 1 for pixels that are held at zero, as those of the rim of a mesh are. */
  readonly zeroedPixels?: Uint8Array | undefined;
  /**
   * (S) a reconstruction of a similar problem: its positive pixels are where the search starts. It saves time and
   * changes no bit of the solution.
   */
  readonly similar?: Float64Array | undefined;
}

/** The least s^t A s / 2 - s^t D over s >= 0, and what shows that it is. */
export interface PositiveSolution {
  /** s (S); 0 exactly wherever it is not positive. */
  readonly reconstruction: Float64Array;
  /**
   * The largest violation of s >= 0, D - A s <= 0, s_i (D - A s)_i = 0 with a unit diagonal of A, relative to
   * max |D_i| + max |s_i|.
   */
  readonly violation: number;
  /** Sets of pixels that were solved on. */
  readonly iterations: number;
  /** How many of them were factored. */
  readonly factorizations: number;
}

/** What a violation should be at most, and what is no solution any more. */
const [wanted, acceptable] = [1e-10, 1e-8];

/**
 * The positive source of a system: the least s^t A s / 2 - s^t D over s >= 0, for A positive semidefinite.
 *
 * From the positive part of the unrestricted solution, or of a similar source, and after a few sweeps over single pixels
 * (`relaxed`), infeasible pixels are exchanged all at once, and where that goes round in circles one by one
 * (`exchangeBlocks`, `exchangeSingly`). In the end the source is solved for on its support alone, so that it
 * does not depend on the way; where a pixel is so near to changing sides that it might, a start that was given is not
 * used. A pixel that is not positive beyond rounding is 0.
 *
 * Cost: S^3 / 3 operations for the unrestricted solution, P^3 / 3 once or twice for the P positive pixels, and P^2 for
 * every pixel that is exchanged; with a start that is right, P^3 / 3.
 *
 * @throws NumericalFailure where there is no least, which a positive definite A always has
 */
export function positiveSolution(system: PositiveSystem, start: PositiveStart = {}): PositiveSolution {
  const { order, diagonal } = system;
  const roots = diagonal.map((value) => (value > 0 ? Math.sqrt(value) : 0));
  const free = freePixels(system, start.zeroedPixels);
  const searches: Search[] = [];
  const newSearch = (independence?: number): Search => {
    const search = { system, roots, free, solver: new PassiveSolver(system, independence), iterations: 0 };
    searches.push(search);
    return search;
  };
  /** The positive pixels of a source after some sweeps from its positive part. */
  const membersOf = (source: Float64Array) => {
    const s = source.map((value, i) => (free[i] === 1 ? Math.max(value, 0) : 0));
    system.relax(s, free);
    return free.map((_, i) => (s[i] > 0 ? 1 : 0));
  };
  const fromSimilar = (similar: Float64Array) => {
    const search = newSearch();
    const found = settle(search, membersOf(similar), false);
    const isSure = search.solver.leastPivot > 1e-12 && found.optimality.isDecided(found.members, free);
    return isSure ? found : undefined;
  };
  const fromUnrestricted = () => {
    const search = newSearch();
    const source = search.solver.solveAfresh(free);
    const isSingular = search.solver.leastPivot <= leastIndependence(order);
    return isSingular ? undefined : settle(search, membersOf(source), false);
  };
  /** A singular A is searched from an empty set, of independent pixels only. */
  const fromNothing = (independence: number) => settle(newSearch(independence), new Uint8Array(order), true);
  const { similar } = start;
  const attempts = [
    () => (similar === undefined ? undefined : fromSimilar(similar)),
    fromUnrestricted,
    // As rounding blurs what is dependent, two limits are tried.
    () => fromNothing(1e-13),
    () => fromNothing(leastIndependence(order)),
  ];
  let least = Number.POSITIVE_INFINITY;
  let best: Settled | undefined;
  for (const attempt of attempts) {
    const found = unlessSingular(attempt);
    const violation = found?.optimality.violation(found.members, free) ?? Number.POSITIVE_INFINITY;
    if (violation < least) [least, best] = [violation, found];
    if (least <= wanted) break;
  }
  if (best === undefined || least > acceptable) throw noLeast(least);
  return {
    reconstruction: best.optimality.source.map((value) => Math.max(value, 0)),
    violation: least,
    iterations: searches.reduce((sum, { iterations }) => sum + iterations, 0),
    factorizations: searches.reduce((sum, { solver }) => sum + solver.factorizations, 0),
  };
}

interface Settled {
  readonly members: Uint8Array;
  readonly optimality: Optimality;
}

/** Times that rounding may send a search back from the solution on its support alone. */
const mostRounds = 8;

/** Exchanges until the solution by a factorization of its own holds too; `members` is changed in place. */
function settle(search: Search, members: Uint8Array, isSingular: boolean): Settled {
  const { system, solver, roots, free } = search;
  let singly = isSingular;
  for (let round = 1; ; round++) {
    singly ||= !exchangeBlocks(search, members);
    if (singly) exchangeSingly(search, members);
    const optimality = new Optimality(system, roots, solver.solveAfresh(members));
    // What may come in one by one has been looked at; dependent pixels must not.
    const infeasible = optimality.infeasible(members, singly ? new Uint8Array(system.order) : free);
    if (infeasible.length === 0 || round === mostRounds) return { members, optimality };
    for (const pixel of infeasible) members[pixel] = 1 - members[pixel];
    singly ||= round > 1;
  }
}

/** 1 for what may be positive: not what is zeroed, and not what nothing depends on. */
function freePixels({ order, diagonal, dataVector }: PositiveSystem, zeroedPixels?: Uint8Array): Uint8Array {
  const free = new Uint8Array(order);
  for (let i = 0; i < order; i++) {
    if (zeroedPixels?.[i] === 1) continue;
    if (diagonal[i] > 0) free[i] = 1;
    else if (diagonal[i] !== 0 || dataVector[i] > 0) throw noLeast(Number.POSITIVE_INFINITY);
  }
  return free;
}

/** What came of it; undefined where a set of pixels could not be factored. */
function unlessSingular<R>(attempt: () => R): R | undefined {
  try {
    return attempt();
  } catch (error) {
    if (isWtildeError(error, 'NumericalFailure')) return undefined;
    throw error;
  }
}

function noLeast(violation: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'no positive source is the best one',
    where: 'the conditions of a positive source',
    expected: `a violation of at most ${acceptable} relative to the data`,
    actual: `${violation.toPrecision(2)}`,
    remedy:
      'F + H is not positive definite in float64: use a larger regularization coefficient if F outweighs H, a smaller ' +
      'one if H outweighs F, and look for NaN and for visibilities of far too small noise',
  });
}
