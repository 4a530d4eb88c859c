/**
 * `numpy.random.seed(seed); numpy.random.normal(size=count)`: the Mersenne Twister MT19937 (Matsumoto & Nishimura 1998)
 * and the polar method of Marsaglia, whose second number comes first.
 */
export function numpyNormal(seed: number, count: number): Float64Array {
  const next = mersenneTwister(seed);
  const uniform = () => {
    const [high, low] = [next() >>> 5, next() >>> 6];
    return (high * 67108864 + low) / 9007199254740992;
  };
  const numbers = new Float64Array(count);
  for (let at = 0; at < count; at += 2) {
    let [x, y, square] = [0, 0, 0];
    while (square >= 1 || square === 0) {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    }
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    numbers[at] = factor * y;
    if (at + 1 < count) numbers[at + 1] = factor * x;
  }
  return numbers;
}

const [words, shift] = [624, 397];

function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(words);
  state[0] = seed;
  for (let k = 1; k < words; k++) state[k] = Math.imul(1812433253, state[k - 1] ^ (state[k - 1] >>> 30)) + k;
  let at = words;
  const renew = () => {
    for (let k = 0; k < words; k++) {
      const mixed = (state[k] & 0x80000000) | (state[(k + 1) % words] & 0x7fffffff);
      state[k] = state[(k + shift) % words] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    at = 0;
  };
  return () => {
    if (at === words) renew();
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}
