import { groupSize, program } from '../device/program.js';
import { block, slabSize } from '../wgsl/slabs.js';

/**
 * out[slab, s] = sum over a slab of rows m of vector[m] matrix[m, s].
 * Buffers: matrix (M, S); vector (M); out (slabs, S). Dispatched over S / group, slabs.
 */
export const columnSums = program({
  label: 'column sums',
  params: ['rows', 'columns'],
  reads: { matrix: 'f32', vector: 'f32' },
  writes: { out: 'f32' },
  wgsl: /* wgsl */ `
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let column = group.x * ${groupSize}u + local;
  if (column >= params.columns) { return; }
  let end = min((group.y + 1u) * ${slabSize}u, params.rows);
  var total = 0f;
  for (var first = group.y * ${slabSize}u; first < end; first += ${block}u) {
    var part = 0f;
    for (var m = first; m < min(first + ${block}u, end); m++) {
      part += vector[m] * matrix[m * params.columns + column];
    }
    total += part;
  }
  out[group.y * params.columns + column] = total;
}
`,
});
