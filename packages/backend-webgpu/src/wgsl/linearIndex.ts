import { groupSize } from '../device/program.js';

/** The number of an invocation in a dispatch over `linearGroups(count)`. */
export const linearIndex = /* wgsl */ `
fn linearIndex(group: vec3u, groups: vec3u, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * ${groupSize}u + local;
}
`;
