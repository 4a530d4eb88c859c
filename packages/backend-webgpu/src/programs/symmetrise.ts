import { groupSize, program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';

/** Both halves of a matrix (S, S) become their mean. Buffers: matrix. Dispatched over S S. */
export const symmetrise = program({
  label: 'symmetrise',
  params: ['size'],
  reads: {},
  writes: { matrix: 'f32' },
  wgsl: /* wgsl */ `
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  let row = i / params.size;
  let column = i % params.size;
  if (row >= params.size || column >= row) { return; }
  let mirrored = column * params.size + row;
  let mean = 0.5f * (matrix[i] + matrix[mirrored]);
  matrix[i] = mean;
  matrix[mirrored] = mean;
}
`,
});
