import { groupSize, program } from '../device/program.js';
import { pointPhase } from '../wgsl/pointPhase.js';
import { block, slabSize } from '../wgsl/slabs.js';
import { turns } from '../wgsl/turns.js';

/**
 * out[slab, i] = Re(sum_k q_k exp(i phase of visibility k at point i)), an invocation for each.
 * Buffers: strengths (K); turns (K) for `pointPhase`; points (M); out (slabs, M).
 * Dispatched over points / group, slabs.
 */
export const pointSums = program({
  label: 'point sums',
  params: ['visibilities', 'points'],
  reads: { strengths: 'vec2f', turns: 'vec4u', points: 'vec2u' },
  writes: { out: 'f32' },
  wgsl: /* wgsl */ `
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
});
