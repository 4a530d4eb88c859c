/** The tables of W by displacement and the pixel positions that look things up in them. */
import type { NdArray } from '../arrays.js';
import type { Requirement, Violation } from '../descriptor.js';
import { array } from '../params.js';
import type { CurvatureStep } from './evidence.js';

export const wTilde = array('real', ['M', 'M'], 'the precision matrix W');

export const wCompact = array('real', ['N', '2N-1'], 'W by displacement, from wCompactCurvatureInterferometerFrom');

export const nativeIndexInSquare = array(
  'index',
  ['M', 2],
  '(row, column) of each unmasked pixel, 0-based from the top-left of the bounding square',
  { values: { from: 0, below: 'N' } },
);

export const nativeIndexInBox = array(
  'index',
  ['M', 2],
  '(row, column) of each unmasked pixel, 0-based from the top-left of the bounding box',
  { values: { from: 0, below: ['Ny', 'Nx'] } },
);

export const preloadDims = ['2Ny', '2Nx'];
export const preloadDoc = 'W by wrapped displacement, from wTildeCurvaturePreloadInterferometerFrom';

export const wTildePreload = array('real', preloadDims, preloadDoc, {
  upstream: ['w_tilde_preload', 'curvature_preload'],
});

/** F from each form of W, as a step of an evidence. */
export const curvatureViaWTilde: CurvatureStep = {
  kernel: 'curvatureMatrixViaWTildeSparseMappingMatrixFrom',
  args: { wTilde: 'wTilde' },
  w: 'wTilde',
};
export const curvatureViaWCompact: CurvatureStep = {
  kernel: 'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
  args: { wCompact: 'wCompact', nativeIndexForSlimIndex: 'nativeIndexForSlimIndex' },
  w: 'wCompact',
};
export const curvatureViaPreload: CurvatureStep = {
  kernel: 'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom',
  args: { curvaturePreload: 'wTildePreload', nativeIndexForSlimIndex: 'nativeIndexForSlimIndex' },
  w: 'wTildePreload',
};

/**
 * How far two entries that stand for the same pair of pixels may differ, relative to W at no displacement: more than
 * float32 tables do, far less than a table of another kind.
 */
const evenTolerance = 1e-5;

/** W(-d) = W(d): within row 0, both signs of the column are stored and must agree. */
export const evenCompact: Requirement<{ readonly wCompact: NdArray<'real'> }> = {
  over: ['wCompact'],
  check({ wCompact: { data } }, { N }) {
    for (let n = 1; n < N; n++) {
      const left = data[N - 1 - n];
      const right = data[N - 1 + n];
      if (Math.abs(left - right) > evenTolerance * Math.abs(data[N - 1])) {
        return uneven('wCompact', `[0, ${N - 1 - n}]`, left, `[0, ${N - 1 + n}]`, right);
      }
    }
    return undefined;
  },
};

/** W(-d) = W(d) all over a preload table. */
export function evenPreload<const A extends string>(
  argument: A,
): Requirement<{ readonly [name in A]: NdArray<'real'> }> {
  return {
    over: [argument],
    check(args, { Ny, Nx }) {
      const { data } = args[argument];
      const allowed = evenTolerance * Math.abs(data[0]);
      for (let row = 0; row < Ny; row++) {
        const opposite = (2 * Ny - row) % (2 * Ny);
        for (let column = row === 0 ? 0 : 1 - Nx; column < Nx; column++) {
          const at = row * 2 * Nx + ((column + 2 * Nx) % (2 * Nx));
          const mirrored = opposite * 2 * Nx + ((2 * Nx - column) % (2 * Nx));
          if (Math.abs(data[at] - data[mirrored]) > allowed) {
            return uneven(argument, `[${row}, ${column}]`, data[at], `[${-row}, ${-column}]`, data[mirrored]);
          }
        }
      }
      return undefined;
    },
  };
}

function uneven(argument: string, here: string, value: number, there: string, mirrored: number): Violation {
  return {
    code: 'InvalidValue',
    argument,
    what: 'the table is not even: W(-d) differs from W(d)',
    expected: `${value} at ${there} as at ${here}`,
    actual: `${mirrored}`,
    remedy: 'make the table with the kernel that is made for it',
  };
}
