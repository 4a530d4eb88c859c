import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';

/**
 * Rows of T^t X for a sparse T listed by columns: out[s, j] = sum over the entries e of column s of
 * weights[e] X[rows[e], j]. An invocation gathers one element, 16 entries at a time.
 *
 * Bindings: params { first pixel, pixels, S2 }; starts (S + 1); rows; weights; X (M, S2); out (pixels, S2). Dispatched
 * over pixels S2.
 */
export const transposeMatmul: Program = {
  label: 'sparse transpose matmul',
  wgsl: /* wgsl */ `
struct Params { first: u32, pixels: u32, columns: u32 }
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
  if (i >= params.pixels * params.columns) { return; }
  let pixel = params.first + i / params.columns;
  let column = i % params.columns;
  let end = starts[pixel + 1u];
  var total = 0f;
  for (var first = starts[pixel]; first < end; first += 16u) {
    var part = 0f;
    for (var e = first; e < min(first + 16u, end); e++) {
      part += weights[e] * matrix[rows[e] * params.columns + column];
    }
    total += part;
  }
  out[i] = total;
}
`,
};
