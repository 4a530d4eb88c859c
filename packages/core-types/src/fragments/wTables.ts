/** The tables of W by displacement and the pixel positions that look things up in them. */
import { array } from '../params.js';

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
