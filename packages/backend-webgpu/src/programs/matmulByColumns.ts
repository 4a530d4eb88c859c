import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';

/**
 * Rows of P T for a sparse T listed by columns: out[first + r, s] = sum over the entries e of column s of
 * weights[e] P[r, rows[e]].
 *
 * Bindings: params { first row, rows, M, S }; starts (S + 1); rows; weights; P (rows, M); out (all rows, S). Dispatched
 * over rows S.
 */
export const matmulByColumns: Program = {
  label: 'matmul by sparse columns',
  wgsl: /* wgsl */ `
struct Params { first: u32, lines: u32, imagePixels: u32, pixels: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read> rows: array<u32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> matrix: array<f32>;
@group(0) @binding(5) var<storage, read_write> out: array<f32>;
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i >= params.lines * params.pixels) { return; }
  let pixel = i % params.pixels;
  let line = i / params.pixels * params.imagePixels;
  let end = starts[pixel + 1u];
  var total = 0f;
  for (var first = starts[pixel]; first < end; first += 16u) {
    var part = 0f;
    for (var e = first; e < min(first + 16u, end); e++) { part += weights[e] * matrix[line + rows[e]]; }
    total += part;
  }
  out[params.first * params.pixels + i] = total;
}
`,
};
