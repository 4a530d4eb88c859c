import { groupSize, type Program } from '../device/program.js';
import { pointPhase } from '../wgsl/pointPhase.js';
import { block, slabSize } from '../wgsl/slabs.js';
import { turns } from '../wgsl/turns.js';

/**
 * out[slab, i] = Re(sum_k q_k exp(i phase of visibility k at point i)), an invocation for each.
 * Bindings: params { visibilities, points }; strengths (K); turns (K) for `pointPhase`; points (M); out (slabs, M).
 * Dispatched over points / group, slabs.
 */
export const pointSums: Program = {
  label: 'point sums',
  wgsl: /* wgsl */ `
struct Params { visibilities: u32, points: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> strengths: array<vec2f>;
@group(0) @binding(2) var<storage, read> turns: array<vec4u>;
@group(0) @binding(3) var<storage, read> points: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> out: array<f32>;
${turns}${pointPhase}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group.x * ${groupSize}u + local;
  if (i >= params.points) { return; }
  let point = points[i];
  let end = min((group.y + 1u) * ${slabSize}u, params.visibilities);
  var total = 0f;
  for (var first = group.y * ${slabSize}u; first < end; first += ${block}u) {
    var part = 0f;
    for (var k = first; k < min(first + ${block}u, end); k++) {
      let e = expTurns(pointPhase(k, point));
      part += strengths[k].x * e.x - strengths[k].y * e.y;
    }
    total += part;
  }
  out[group.y * params.points + i] = total;
}
`,
};
