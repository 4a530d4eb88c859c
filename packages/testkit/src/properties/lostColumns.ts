/** What W loses with columns, known otherwise: the visibilities that they are made of. */
import {
  isRecord,
  type KernelName,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  radiansPerPixel,
  real,
} from '@wtilde/core-types';
import { arrayIn, type Lab, numberIn, type Property } from './property.js';
import { visibilityCount, withVisibilities } from './transformations.js';

const w = 'wCompactCurvatureInterferometerFrom';
/** Visibilities that are taken out, at most: more columns than are worked on together. */
const most = 11;

const pairs: readonly { readonly less: KernelName; readonly whole: KernelName }[] = [
  { less: 'evidenceViaWCompactLessColumnsFrom', whole: 'evidenceViaWCompactFrom' },
  { less: 'evidenceDerivativesViaWCompactLessColumnsFrom', whole: 'evidenceDerivativesViaWCompactFrom' },
];

export const lostColumnsProperties: readonly Property[] = pairs.map(({ less, whole }) => ({
  name: `${less} of the columns of visibilities is ${whole} without them`,
  kernels: [less, whole, w],
  async holds(lab: Lab) {
    const ofW = lab.args(w);
    const args = lab.args(whole);
    const all = Array.from({ length: visibilityCount(ofW) }, (_, k) => k);
    const out = all.slice(0, Math.min(most, all.length >> 1));
    const rest = withVisibilities(ofW, all.slice(out.length));
    const native = arrayIn(args.nativeIndexForSlimIndex, 'nativeIndexForSlimIndex');
    const withoutThem = { ...args, wCompact: arrayIn(await lab.call(w, rest), 'W') };
    const losing = {
      ...args,
      wCompact: arrayIn(await lab.call(w, ofW), 'W'),
      lostColumns: columnsOf(withVisibilities(ofW, out), native),
    };
    const found = await lab.call(less, losing);
    const expected = await lab.call(whole, withoutThem);
    lab.same(less, losing, withBoundOf(found, expected), found, 'with columns of visibilities');
  },
}));

/** cos and sin of the phases over the noise (M, 2 n): W of these visibilities is U U^t. */
function columnsOf({ uvWavelengths, noiseMapReal, pixelScale }: LooseArgs, { data: native, shape: [M] }: NdArray) {
  const [uv, noise] = [arrayIn(uvWavelengths, 'uvWavelengths').data, arrayIn(noiseMapReal, 'noiseMapReal').data];
  const scale = radiansPerPixel(numberIn(pixelScale, 'pixelScale'));
  const width = 2 * noise.length;
  const columns = new Float64Array(M * width);
  for (let i = 0; i < M; i++) {
    for (let k = 0; k < noise.length; k++) {
      const phase = 2 * Math.PI * scale * (native[2 * i + 1] * uv[2 * k] - native[2 * i] * uv[2 * k + 1]);
      columns.set([Math.cos(phase) / noise[k], Math.sin(phase) / noise[k]], i * width + 2 * k);
    }
  }
  return real(columns, [M, width]);
}

/** The bound counts what rounds, which is W before it loses anything. */
function withBoundOf(found: LooseResult, expected: LooseResult): LooseResult {
  if (!isRecord(found) || !isRecord(expected) || !Object.hasOwn(found, 'errorBound')) return expected;
  return { ...expected, errorBound: found.errorBound };
}
