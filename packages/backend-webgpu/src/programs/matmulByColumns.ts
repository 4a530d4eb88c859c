import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * Rows of P T for a sparse T listed by columns: out[first + r, s] = sum over the entries e of column s of
 * weights[e] P[r, rows[e]].
 *
 * Buffers: starts (S + 1); rows; weights; matrix P (rows, M); out (all rows, S). Dispatched
 * over rows S.
 */
export const matmulByColumns = program({
  label: 'matmul by sparse columns',
  params: ['first', 'lines', 'imagePixels', 'pixels'],
  reads: { starts: 'u32', rows: 'u32', weights: 'f32', matrix: 'f32' },
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  if (i >= params.lines * params.pixels) { return; }
  let pixel = i % params.pixels;
  let line = i / params.pixels * params.imagePixels;
  let end = starts[pixel + 1u];
  var total = 0f;
  for (var first = starts[pixel]; first < end; first += 16u) {
    var part = 0f;
    for (var e = first; e < min(first + 16u, end); e++) { part += weights[e] * matrix[line + rows[e]]; }
    total += part;
  }
  out[params.first * params.pixels + i] = total;
`,
  ),
});
