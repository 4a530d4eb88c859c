import type { Program } from '../device/program.js';
import { groupSize } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';

/**
 * out[i] = sum_s slabs[s, i], eight at a time so that errors grow with the eighth of their number.
 * Bindings: params { slabs, length }; slabs (slabs, length); out (length). Dispatched over `length`.
 */
export const sumSlabs: Program = {
  label: 'sum of slabs',
  wgsl: /* wgsl */ `
struct Params { slabs: u32, length: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> slabs: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i >= params.length) { return; }
  var total = 0f;
  for (var first = 0u; first < params.slabs; first += 8u) {
    var part = 0f;
    for (var s = first; s < min(first + 8u, params.slabs); s++) { part += slabs[s * params.length + i]; }
    total += part;
  }
  out[i] = total;
}
`,
};
