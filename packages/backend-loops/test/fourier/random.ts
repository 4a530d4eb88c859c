/** Repeatable numbers in [0, 1) (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers in [low, high). */
export function uniform(random: () => number, length: number, low: number, high: number): Float64Array {
  return Float64Array.from({ length }, () => low + (high - low) * random());
}

/** Baselines (K, 2) up to `longest` wavelengths, most of them short, as arrays give them. */
export function baselines(random: () => number, visibilities: number, longest: number): Float64Array {
  const uv = new Float64Array(2 * visibilities);
  for (let k = 0; k < visibilities; k++) {
    const length = longest * random() ** 2;
    const angle = 2 * Math.PI * random();
    uv[2 * k] = length * Math.cos(angle);
    uv[2 * k + 1] = length * Math.sin(angle);
  }
  return uv;
}
