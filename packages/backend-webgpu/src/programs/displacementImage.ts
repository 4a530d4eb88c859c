import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';

/**
 * W by displacement as a complex image whose ends meet: at (dy mod rows, dx mod columns), 0 where |dy| or |dx| is not
 * below the extent of the image.
 * Bindings: params { rows, columns, extent rows, extent columns, tableRows, tableColumns }; table; out (rows, columns).
 * Dispatched over rows columns.
 */
const imageOf = (lookup: Lookup): Program => ({
  label: `image of a ${lookup.label}`,
  wgsl: /* wgsl */ `
struct Params {
  rows: u32, columns: u32, extentRows: u32, extentColumns: u32, tableRows: u32, tableColumns: u32,
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec2f>;
${linearIndex}${lookup.wgsl}
fn signed(at: u32, length: u32) -> i32 { return select(i32(at), i32(at) - i32(length), at > length / 2u); }

@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i >= params.rows * params.columns) { return; }
  let down = signed(i / params.columns, params.rows);
  let right = signed(i % params.columns, params.columns);
  var value = 0f;
  if (abs(down) < i32(params.extentRows) && abs(right) < i32(params.extentColumns)) {
    value = table[displacement(down, right)];
  }
  out[i] = vec2f(value, 0f);
}
`,
});

export const displacementImagePrograms = { half: imageOf(half), wrapped: imageOf(wrapped) };
