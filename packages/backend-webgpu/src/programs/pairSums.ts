import { pointPhase } from '../wgsl/pointPhase.js';
import { type TiledProgram, tiledSums } from '../wgsl/tiledSums.js';

/**
 * out[slab, i, j] = sum_k q_k cos(phase of point i - phase of point j) for real q: W of any grid.
 * Bindings: params { visibilities, M, M }; strengths (K); turns (K) for `pointPhase`; points (M); out (slabs, M, M).
 */
export const pairSumsPrograms: readonly TiledProgram[] = [1, 2, 4].map((perInvocation) =>
  tiledSums(perInvocation, {
    label: 'pair sums',
    bindings: /* wgsl */ `
@group(0) @binding(2) var<storage, read> turns: array<vec4u>;
@group(0) @binding(3) var<storage, read> points: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> out: array<f32>;
${pointPhase}`,
    phases: /* wgsl */ `
fn rowPhase(k: u32, row: u32) -> u32 { return pointPhase(k, points[row]); }
fn columnPhase(k: u32, column: u32) -> u32 { return pointPhase(k, points[column]); }
`,
    element: 'sums.x + sums.y',
  }),
);
