import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';

/**
 * T (M, S) from its entries by rows: out[m, s] = the sum of the weights of row m that belong to s, in their order.
 * Bindings: params { M, S }; starts (M + 1); columns; weights; out. Dispatched over M S.
 */
export const denseMapping: Program = {
  label: 'dense mapping',
  wgsl: /* wgsl */ `
struct Params { rows: u32, pixels: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read> columns: array<u32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> out: array<f32>;
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  let row = i / params.pixels;
  if (row >= params.rows) { return; }
  var total = 0f;
  for (var e = starts[row]; e < starts[row + 1u]; e++) {
    if (columns[e] == i % params.pixels) { total += weights[e]; }
  }
  out[i] = total;
}
`,
};
