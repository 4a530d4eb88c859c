import type { Visibilities } from '../../src/index.js';

/** All visibilities, one after the other. */
export async function joined(chunks: AsyncIterable<Visibilities>) {
  const [data, noise, uv]: [number[], number[], number[]] = [[], [], []];
  for await (const chunk of chunks) {
    for (const each of chunk.data.data) data.push(each);
    for (const each of chunk.noiseMap.data) noise.push(each);
    for (const each of chunk.uvWavelengths.data) uv.push(each);
  }
  return { count: data.length / 2, data, noise, uv };
}

const arcsec = Math.PI / 648000;

/** Where the dirty image Re sum V exp(2 pi i (x u + y v)) is brightest, (y, x) in arcsec, on pixels of 0.1". */
export function brightest({ data, uv }: { readonly data: readonly number[]; readonly uv: readonly number[] }) {
  let best = { y: 0, x: 0, value: Number.NEGATIVE_INFINITY };
  for (let row = -8; row <= 8; row++) {
    for (let column = -8; column <= 8; column++) {
      const [y, x] = [0.1 * row, 0.1 * column];
      let value = 0;
      for (let k = 0; k < data.length; k += 2) {
        const phase = 2 * Math.PI * arcsec * (x * uv[k] + y * uv[k + 1]);
        value += data[k] * Math.cos(phase) - data[k + 1] * Math.sin(phase);
      }
      if (value > best.value) best = { y, x, value };
    }
  }
  return best;
}
