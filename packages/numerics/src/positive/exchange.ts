import { Optimality } from './optimality.js';
import type { PassiveSolver } from './passiveSolver.js';
import type { PositiveSystem } from './positiveSystem.js';

/** A search for the pixels that are positive. */
export interface Search {
  readonly system: PositiveSystem;
  readonly solver: PassiveSolver;
  /** (S) square roots of the diagonal of A, 0 where that is 0. */
  readonly roots: Float64Array;
  /** (S) 1 for the pixels that may be positive. */
  readonly free: Uint8Array;
  /** Sets that were solved on. */
  iterations: number;
}

/** Exchanges that need not lower the number of infeasible pixels, after one that did. */
const patience = 3;

/**
 * Exchanges all infeasible pixels at once while their number falls; `members` (S) is changed in place.
 *
 * Usually a handful of exchanges find the solution, but they may go round in circles (Kostreva 1978, Portugal, Judice
 * and Vicente 1994).
 *
 * @returns true where nothing is infeasible any more
 */
export function exchangeBlocks(search: Search, members: Uint8Array): boolean {
  let best = Number.POSITIVE_INFINITY;
  let left = patience;
  for (;;) {
    const found = solveOn(search, members);
    if ('dependent' in found) return false;
    search.iterations += 1;
    const infeasible = found.infeasible(members, search.free);
    if (infeasible.length === 0) return true;
    if (infeasible.length < best) {
      best = infeasible.length;
      left = patience;
    } else if (left-- === 0) return false;
    for (const pixel of infeasible) members[pixel] = 1 - members[pixel];
  }
}

/**
 * Exchanges pixels one by one so that s^t A s / 2 - s^t D falls with every step; `members` (S) is changed in place.
 *
 * The primal active set (Lawson and Hanson 1974): towards the solution on the set as far as brightnesses stay positive,
 * what arrives at zero leaves, and the pixel that would grow fastest comes in. As the form falls, no set comes twice;
 * where a step has no length, the least index is taken, which cannot go round in circles either (Bland 1977). Singular
 * A too: a pixel whose column depends on those of the set stays out, for it would not grow.
 *
 * It starts from the positive pixels of the solution on `members`.
 */
export function exchangeSingly(search: Search, members: Uint8Array): void {
  const { system, roots, free } = search;
  const { order } = system;
  const nobody = new Uint8Array(order);
  const refused = new Uint8Array(order);
  let s = startOf(search, members);
  let stuck = false;
  let came = -1;
  for (const most = search.iterations + 20 * order + 200; search.iterations < most; search.iterations++) {
    const found = solveOn(search, members);
    if ('dependent' in found) {
      // Which of those that depend on each other is named is chance: before the last one came, all was well.
      const last = came < 0 ? found.dependent : came;
      leave(last);
      refused[last] = 1;
      came = -1;
      continue;
    }
    const target = found.source;
    const blocked = found.infeasible(members, nobody);
    if (blocked.length > 0) {
      if (came >= 0 && blocked.includes(came)) refused[came] = 1;
      const partTo = (i: number) => (target[i] < 0 ? s[i] / (s[i] - target[i]) : 1);
      const first = blocked.reduce((least, i) => (partTo(i) < partTo(least) ? i : least));
      const part = partTo(first);
      if (part === 0) stuck = true;
      for (let i = 0; i < order; i++) if (members[i] === 1) s[i] += part * (target[i] - s[i]);
      for (const i of blocked) if (i === first || s[i] * roots[i] <= found.zero) leave(i);
      continue;
    }
    if (came >= 0) {
      // The form has fallen: what depended on another set may not depend on this one.
      refused.fill(0);
      stuck = false;
    }
    s = target;
    came = -1;
    for (let i = 0; i < order; i++) {
      if (members[i] === 1 || free[i] === 0 || refused[i] === 1 || found.dual[i] <= found.zero) continue;
      if (came < 0 || (!stuck && found.dual[i] > found.dual[came])) came = i;
    }
    if (came < 0) return;
    members[came] = 1;
  }

  function leave(pixel: number): void {
    members[pixel] = 0;
    s[pixel] = 0;
  }
}

/** The solution on a set without what is not positive, which leaves the set. */
function startOf(search: Search, members: Uint8Array): Float64Array {
  const found = solveOn(search, members);
  if ('dependent' in found) {
    members.fill(0);
    return new Float64Array(members.length);
  }
  const { source, scaled, zero } = found;
  return source.map((value, i) => {
    if (scaled[i] > zero) return value;
    members[i] = 0;
    return 0;
  });
}

/** The solution on a set and where it stands, put right once and then made anew where it does not solve the system. */
function solveOn({ system, solver, roots }: Search, members: Uint8Array): Optimality | { readonly dependent: number } {
  const solution = solver.solve(members);
  if ('dependent' in solution) return solution;
  const first = new Optimality(system, roots, solution.source);
  if (solution.lacks === undefined || first.isSolved(members)) return first;
  const lack = solution.lacks(first.rest);
  const second = new Optimality(
    system,
    roots,
    solution.source.map((value, i) => value + lack[i]),
  );
  return second.isSolved(members) ? second : new Optimality(system, roots, solver.solveAfresh(members));
}
