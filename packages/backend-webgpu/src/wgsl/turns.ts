/**
 * exp(2 pi i t) of a phase in turns as fixed point, 2^32 to the turn: start + n step in u32 arithmetic wraps around and
 * so reduces the range exactly, at any baseline. The rest is reduced to an eighth of a turn either side of the next
 * quarter, where polynomials in x^2 are within 1.2e-7 (interpolated at Chebyshev nodes). The built-in sine promises
 * no more than 2^-11.
 */
export const turns = /* wgsl */ `
fn expTurns(t: u32) -> vec2f {
  let quarter = (t + 0x20000000u) >> 30u;
  let x = f32(bitcast<i32>(t - (quarter << 30u))) * ${(2 * Math.PI) / 2 ** 32}f;
  let z = x * x;
  let s = x + x * z * (-0.16666664661714842f + z * (0.00833274815409318f - z * 0.00019587865703046706f));
  let c = 1f - 0.5f * z + z * z * (0.0416666646589139f + z * (-0.0013888302919766926f + z * 0.00002454791692922973f));
  let swapped = select(vec2f(c, s), vec2f(-s, c), (quarter & 1u) == 1u);
  return select(swapped, -swapped, (quarter & 2u) == 2u);
}
`;
