/** +1 and -1 in equal parts from a seed, the same in every run: no probe depends on when it is made. */
export function signs(seed: number): () => 1 | -1 {
  let state = seed >>> 0;
  return () => {
    // A 32-bit mixing step; only its top bit is used.
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) < 0 ? 1 : -1;
  };
}
