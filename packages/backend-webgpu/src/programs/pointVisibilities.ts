import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';
import { pointPhase } from '../wgsl/pointPhase.js';
import { block } from '../wgsl/slabs.js';
import { turns } from '../wgsl/turns.js';

/**
 * out[k] = sum_i image[i] exp(-i phase of visibility k at point i), an invocation for each, summed by blocks of blocks.
 * Buffers: image (M); turns (K) for `pointPhase`; points (M); out (K). Dispatched
 * over the visibilities.
 */
export const pointVisibilities = program({
  label: 'point visibilities',
  params: ['visibilities', 'points'],
  reads: { image: 'f32', turns: 'vec4u', points: 'vec2u' },
  writes: { out: 'vec2f' },
  wgsl: `${turns}${pointPhase}${overIndexes(
    'k',
    /* wgsl */ `
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
`,
  )}`,
});
