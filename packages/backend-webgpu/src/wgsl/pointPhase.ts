/**
 * The phase of a visibility at a point of any grid, 2^32 to the turn. The coordinates of a point are 32-bit numbers in
 * units of extent / 2^32; a visibility has the turns of each power of 256 units along both axes, so that products with
 * the digits wrap around exactly and lose 8 bits, not 32. Needs the binding `turns`: three words of four for a
 * visibility: the phase at the corner of the grid, the steps along x, those along y.
 */
export const pointPhase = /* wgsl */ `
fn pointPhase(k: u32, point: vec2u) -> u32 {
  let x = turns[3u * k + 1u] * ((vec4u(point.x) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u));
  let y = turns[3u * k + 2u] * ((vec4u(point.y) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u));
  let sum = x + y;
  return turns[3u * k].x + sum.x + sum.y + sum.z + sum.w;
}
`;
