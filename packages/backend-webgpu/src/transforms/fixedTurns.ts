/** The fraction of a number of turns, 2^32 to the turn. */
export function fixedTurns(turns: number): number {
  return Math.round((turns - Math.floor(turns)) * 2 ** 32) >>> 0;
}
