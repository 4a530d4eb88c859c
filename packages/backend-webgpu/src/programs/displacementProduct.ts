import { program } from '../device/program.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * Rows of T^t W, W looked up in a table: out[s, j] = sum over the entries e of column s of T of
 * weights[e] W[rows[e], j]. Neighbouring invocations read neighbouring numbers of the table.
 *
 * Buffers: starts; rows; weights; table; native (M, 2);
 * out (pixels, M). Dispatched over pixels M.
 */
const productWith = (lookup: Lookup) =>
  program({
    label: `product with a ${lookup.label}`,
    params: ['first', 'pixels', 'imagePixels', 'tableRows', 'tableColumns'],
    reads: { starts: 'u32', rows: 'u32', weights: 'f32', table: 'f32', native: 'vec2i' },
    writes: { out: 'f32' },
    wgsl: `${lookup.wgsl}${overIndexes(
      'i',
      /* wgsl */ `
  if (i >= params.pixels * params.imagePixels) { return; }
  let pixel = params.first + i / params.imagePixels;
  let here = native[i % params.imagePixels];
  let end = starts[pixel + 1u];
  var total = 0f;
  for (var first = starts[pixel]; first < end; first += 16u) {
    var part = 0f;
    for (var e = first; e < min(first + 16u, end); e++) {
      let p = native[rows[e]] - here;
      part += weights[e] * table[displacement(p.x, p.y)];
    }
    total += part;
  }
  out[i] = total;
`,
    )}`,
  });

export const displacementProductPrograms = { half: productWith(half), wrapped: productWith(wrapped) };
