import { groupSize } from '../device/program.js';

/**
 * The entry point of a program that is dispatched over `linearGroups(count)`: `body` with the number of the invocation under
 * a name. The last groups have numbers from `count` on, which the body leaves alone.
 */
export function overIndexes(name: string, body: string): string {
  return /* wgsl */ `
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let ${name} = (group.y * groups.x + group.x) * ${groupSize}u + local;
${body}
}
`;
}
