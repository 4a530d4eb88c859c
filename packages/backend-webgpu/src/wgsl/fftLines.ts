import { turns } from './turns.js';

/** Points that a workgroup transforms, in one line or in several: they fill the 16 KiB that every device has. */
export const linePoints = 2048;

/** Invocations that share the points: a barrier costs for every one, and on software drivers much. */
export const fftGroup = 64;

/** Butterflies of four points of an invocation. */
const fours = linePoints / 4 / fftGroup;

/**
 * The Fourier transforms of the lines in `points`, in place, by the self-sorting algorithm in steps of four: `length` a
 * power of two up to that of `points`, forward exp(-i), not normalised. All invocations of the workgroup call it, after
 * a barrier.
 */
export const fftLines = /* wgsl */ `
var<workgroup> points: array<vec2f, ${linePoints}>;
${turns}
fn turned(z: vec2f, turn: u32, inverse: bool) -> vec2f {
  let e = expTurns(select(0u - turn, turn, inverse));
  return vec2f(z.x * e.x - z.y * e.y, z.x * e.y + z.y * e.x);
}

fn transformLines(length: u32, inverse: bool, local: u32) {
  var run = 1u;
  // A step of two, where the length is no power of four; its factors are all 1.
  if (countTrailingZeros(length) % 2u == 1u) {
    let half = length / 2u;
    var a = array<vec2f, ${2 * fours}>();
    var b = array<vec2f, ${2 * fours}>();
    for (var i = 0u; i < ${2 * fours}u; i++) {
      let at = local + i * ${fftGroup}u;
      let j = at & (half - 1u);
      let start = 2u * (at - j) + j;
      a[i] = points[start];
      b[i] = points[start + half];
    }
    workgroupBarrier();
    for (var i = 0u; i < ${2 * fours}u; i++) {
      let at = 2u * (local + i * ${fftGroup}u);
      points[at] = a[i] + b[i];
      points[at + 1u] = a[i] - b[i];
    }
    workgroupBarrier();
    run = 2u;
  }
  let quarter = length / 4u;
  for (; run < length; run *= 4u) {
    var z = array<vec2f, ${4 * fours}>();
    for (var i = 0u; i < ${fours}u; i++) {
      let at = local + i * ${fftGroup}u;
      let j = at & (quarter - 1u);
      let turn = (j & (run - 1u)) * (0x40000000u / run);
      let start = 4u * (at - j) + j;
      z[4u * i] = points[start];
      z[4u * i + 1u] = turned(points[start + quarter], turn, inverse);
      z[4u * i + 2u] = turned(points[start + 2u * quarter], 2u * turn, inverse);
      z[4u * i + 3u] = turned(points[start + 3u * quarter], 3u * turn, inverse);
    }
    workgroupBarrier();
    for (var i = 0u; i < ${fours}u; i++) {
      let at = local + i * ${fftGroup}u;
      let j = at & (quarter - 1u);
      let start = 4u * at - 3u * (j & (run - 1u));
      let sum02 = z[4u * i] + z[4u * i + 2u];
      let sum13 = z[4u * i + 1u] + z[4u * i + 3u];
      let difference02 = z[4u * i] - z[4u * i + 2u];
      let d = z[4u * i + 1u] - z[4u * i + 3u];
      let quarterTurned = select(vec2f(d.y, -d.x), vec2f(-d.y, d.x), inverse);
      points[start] = sum02 + sum13;
      points[start + run] = difference02 + quarterTurned;
      points[start + 2u * run] = sum02 - sum13;
      points[start + 3u * run] = difference02 - quarterTurned;
    }
    workgroupBarrier();
  }
}
`;
