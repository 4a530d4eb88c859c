import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';

/**
 * Rows of T^t W, W looked up in a table: out[s, j] = sum over the entries e of column s of T of
 * weights[e] W[rows[e], j]. Neighbouring invocations read neighbouring numbers of the table.
 *
 * Bindings: params { first pixel, pixels, M, tableRows, tableColumns }; starts; rows; weights; table; native (M, 2);
 * out (pixels, M). Dispatched over pixels M.
 */
const productWith = (lookup: Lookup): Program => ({
  label: `product with a ${lookup.label}`,
  wgsl: /* wgsl */ `
struct Params { first: u32, pixels: u32, imagePixels: u32, tableRows: u32, tableColumns: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read> rows: array<u32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> table: array<f32>;
@group(0) @binding(5) var<storage, read> native: array<vec2i>;
@group(0) @binding(6) var<storage, read_write> out: array<f32>;
${linearIndex}${lookup.wgsl}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i >= params.pixels * params.imagePixels) { return; }
  let pixel = params.first + i / params.imagePixels;
  let here = native[i % params.imagePixels];
  let end = starts[pixel + 1u];
  var total = 0f;
  for (var first = starts[pixel]; first < end; first += 16u) {
    var part = 0f;
    for (var e = first; e < min(first + 16u, end); e++) {
      let p = native[rows[e]] - here;
      part += weights[e] * table[displacement(p.x, p.y)];
    }
    total += part;
  }
  out[i] = total;
}
`,
});

export const displacementProductPrograms = { half: productWith(half), wrapped: productWith(wrapped) };
