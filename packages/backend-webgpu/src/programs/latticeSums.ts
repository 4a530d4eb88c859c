import { tiledSums } from '../wgsl/tiledSums.js';

/**
 * Sums over visibilities on a lattice whose columns lie symmetric about a centre. With the column phase c counted from
 * there, A_rk = q exp(2 pi i row phase):
 *
 *   out[slab, r, c] = (sum_k Re(A_rk) cos(c_k), sum_k Im(A_rk) sin(c_k)),
 *
 * of which the difference is Re(sum_k A exp(i c)) at the column right of the centre and the sum that at its mirror
 * image.
 *
 * Buffers: strengths (K); turns (K) of row start, row step, column start,
 * column step; out (slabs, rows, columns). Small lattices would leave most of a large tile idle.
 */
export const latticeSumsPrograms = [1, 2, 4].map((perInvocation) =>
  tiledSums(perInvocation, {
    label: 'lattice sums',
    reads: { turns: 'vec4u' },
    out: 'vec2f',
    phases: /* wgsl */ `
fn rowPhase(k: u32, row: u32) -> u32 { return turns[k].x + row * turns[k].y; }
fn columnPhase(k: u32, column: u32) -> u32 { return turns[k].z + column * turns[k].w; }
`,
    element: 'sums',
  }),
);
