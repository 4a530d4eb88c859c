/**
 * Median milliseconds of repeated calls after a warm-up, at least `rounds` of them and about `budget` ms in all. What was
 * measured before leaves its garbage behind, which is collected first (`--expose-gc`).
 */
export function median(call: () => unknown, { rounds = 9, budget = 400 } = {}): number {
  globalThis.gc?.();
  call();
  const first = timeOf(call);
  const count = Math.max(rounds, Math.min(200, Math.round(budget / Math.max(first, 1e-3))));
  const times = Array.from({ length: count }, () => timeOf(call)).sort((a, b) => a - b);
  return times[times.length >> 1];
}

/** Milliseconds of one call. */
export function timeOf(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}
