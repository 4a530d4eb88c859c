import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';
import { pointPhase } from '../wgsl/pointPhase.js';
import { block } from '../wgsl/slabs.js';
import { turns } from '../wgsl/turns.js';

/**
 * out[k] = sum_i image[i] exp(-i phase of visibility k at point i), an invocation for each, summed by blocks of blocks.
 * Bindings: params { visibilities, points }; image (M); turns (K) for `pointPhase`; points (M); out (K). Dispatched
 * over the visibilities.
 */
export const pointVisibilities: Program = {
  label: 'point visibilities',
  wgsl: /* wgsl */ `
struct Params { visibilities: u32, points: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> image: array<f32>;
@group(0) @binding(2) var<storage, read> turns: array<vec4u>;
@group(0) @binding(3) var<storage, read> points: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> out: array<vec2f>;
${turns}${pointPhase}${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let k = linearIndex(group, groups, local);
  if (k >= params.visibilities) { return; }
  var total = vec2f();
  for (var slab = 0u; slab < params.points; slab += ${block ** 2}u) {
    var sum = vec2f();
    for (var first = slab; first < min(slab + ${block ** 2}u, params.points); first += ${block}u) {
      var part = vec2f();
      for (var i = first; i < min(first + ${block}u, params.points); i++) {
        part += image[i] * expTurns(pointPhase(k, points[i]));
      }
      sum += part;
    }
    total += sum;
  }
  out[k] = vec2f(total.x, -total.y);
}
`,
};
