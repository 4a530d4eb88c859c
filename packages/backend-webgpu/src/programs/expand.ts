import { groupSize, program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';

/**
 * Rows of W (M, M) looked up in a table of displacements.
 * Buffers: table; native (M, 2); out (rows, M). Dispatched over
 * rows M.
 */
const expandFrom = (lookup: Lookup) =>
  program({
    label: `expansion of a ${lookup.label}`,
    params: ['first', 'rows', 'pixels', 'tableRows', 'tableColumns'],
    reads: { table: 'f32', native: 'vec2i' },
    writes: { out: 'f32' },
    wgsl: /* wgsl */ `
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
