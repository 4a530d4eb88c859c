import type { Places } from '../mesh/pointSets.js';

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Places within a square of side 2 around the origin. */
export function scattered(count: number, random: () => number, size = 2): Places {
  return Array.from({ length: count }, () => [size * (random() - 0.5), size * (random() - 0.5)] as const);
}
