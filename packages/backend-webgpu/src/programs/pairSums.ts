import { pointPhase } from '../wgsl/pointPhase.js';
import { tiledSums } from '../wgsl/tiledSums.js';

/**
 * out[slab, i, j] = sum_k q_k cos(phase of point i - phase of point j) for real q: W of any grid.
 * Buffers: strengths (K); turns (K) for `pointPhase`; points (M); out (slabs, M, M).
 */
export const pairSumsPrograms = [1, 2, 4].map((perInvocation) =>
  tiledSums(perInvocation, {
    label: 'pair sums',
    reads: { turns: 'vec4u', points: 'vec2u' },
    out: 'f32',
    phases: /* wgsl */ `${pointPhase}
fn rowPhase(k: u32, row: u32) -> u32 { return pointPhase(k, points[row]); }
fn columnPhase(k: u32, column: u32) -> u32 { return pointPhase(k, points[column]); }
`,
    element: 'sums.x + sums.y',
  }),
);
