/** What W loses with columns, known otherwise: the visibilities that they are made of. */
import { isRecord, type KernelName, type LooseResult } from '@wtilde/core-types';
import { visibilityColumns } from '../datasets/visibilityColumns.js';
import { arrayIn, type Lab, numberIn, type Property } from './property.js';
import { visibilityCount, withVisibilities } from './transformations.js';

const w = 'wCompactCurvatureInterferometerFrom';
/** Visibilities that are taken out, at most: more columns than are worked on together. */
const most = 11;

const pairs: readonly { readonly less: KernelName; readonly whole: KernelName }[] = [
  { less: 'evidenceViaWCompactLessColumnsFrom', whole: 'evidenceViaWCompactFrom' },
  { less: 'evidenceViaWCompactOfMatrixLessColumnsFrom', whole: 'evidenceViaWCompactOfMatrixFrom' },
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
    const taken = withVisibilities(ofW, out);
    const withoutThem = { ...args, wCompact: arrayIn(await lab.call(w, rest), 'W') };
    const losing = {
      ...args,
      wCompact: arrayIn(await lab.call(w, ofW), 'W'),
      lostColumns: visibilityColumns({
        uvWavelengths: arrayIn(taken.uvWavelengths, 'uvWavelengths'),
        noise: arrayIn(taken.noiseMapReal, 'noiseMapReal').data,
        pixelScale: numberIn(ofW.pixelScale, 'pixelScale'),
        nativeIndexForSlimIndex: arrayIn(args.nativeIndexForSlimIndex, 'nativeIndexForSlimIndex'),
      }),
    };
    const found = await lab.call(less, losing);
    const expected = await lab.call(whole, withoutThem);
    lab.same(less, losing, withBoundOf(found, expected), found, 'with columns of visibilities');
  },
}));

/** The bound counts what rounds, which is W before it loses anything. */
function withBoundOf(found: LooseResult, expected: LooseResult): LooseResult {
  if (!isRecord(found) || !isRecord(expected) || !Object.hasOwn(found, 'errorBound')) return expected;
  return { ...expected, errorBound: found.errorBound };
}
