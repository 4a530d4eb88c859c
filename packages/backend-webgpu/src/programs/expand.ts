import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';

/**
 * Rows of W (M, M) looked up in a table of displacements.
 * Bindings: params { first row, rows, M, tableRows, tableColumns }; table; native (M, 2); out (rows, M). Dispatched over
 * rows M.
 */
const expandFrom = (lookup: Lookup): Program => ({
  label: `expansion of a ${lookup.label}`,
  wgsl: /* wgsl */ `
struct Params { first: u32, rows: u32, pixels: u32, tableRows: u32, tableColumns: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> native: array<vec2i>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
${linearIndex}${lookup.wgsl}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i >= params.rows * params.pixels) { return; }
  let p = native[params.first + i / params.pixels] - native[i % params.pixels];
  out[i] = table[displacement(p.x, p.y)];
}
`,
});

export const expandPrograms = { half: expandFrom(half), wrapped: expandFrom(wrapped) };
