import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * Rows of T (M, S) from its entries by rows: out[m - first, s] = the sum of the weights of row m that belong to s, in their order.
 * Buffers: starts (M + 1); columns; weights; out (rows, S). Dispatched over rows S.
 */
export const denseMapping = program({
  label: 'dense mapping',
  params: ['first', 'rows', 'pixels'],
  reads: { starts: 'u32', columns: 'u32', weights: 'f32' },
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  let row = i / params.pixels;
  if (row >= params.rows) { return; }
  var total = 0f;
  for (var e = starts[params.first + row]; e < starts[params.first + row + 1u]; e++) {
    if (columns[e] == i % params.pixels) { total += weights[e]; }
  }
  out[i] = total;
`,
  ),
});
