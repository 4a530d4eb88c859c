import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * Rows of T^t X for a sparse T listed by columns: out[s, j] = sum over the entries e of column s of
 * weights[e] X[rows[e], j]. An invocation gathers one element, 16 entries at a time.
 *
 * Buffers: starts (S + 1); rows; weights; matrix X (M, S2); out (pixels, S2). Dispatched
 * over pixels S2.
 */
export const transposeMatmul = program({
  label: 'sparse transpose matmul',
  params: ['first', 'pixels', 'columns'],
  reads: { starts: 'u32', rows: 'u32', weights: 'f32', matrix: 'f32' },
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  if (i >= params.pixels * params.columns) { return; }
  let pixel = params.first + i / params.columns;
  let column = i % params.columns;
  let end = starts[pixel + 1u];
  var total = 0f;
  for (var first = starts[pixel]; first < end; first += 16u) {
    var part = 0f;
    for (var e = first; e < min(first + 16u, end); e++) {
      part += weights[e] * matrix[rows[e] * params.columns + column];
    }
    total += part;
  }
  out[i] = total;
`,
  ),
});
