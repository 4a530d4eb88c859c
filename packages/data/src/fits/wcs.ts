/** How an image lies on the sky, from the cards of its world coordinates. */
import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { finite } from './cards.js';
import type { FitsHeader } from './header.js';

/** How the rows and columns of an image in a file lie on the sky. */
export interface SkyOrientation {
  /** The first row is the southernmost: the last one is to be on top. */
  readonly rowsFromSouth: boolean;
  /** The first column is the easternmost, as on maps of the sky: the last one is to be on the left. */
  readonly columnsFromEast: boolean;
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
}

/** Images of CASA have the phase centre in pixel N/2 + 1, half a pixel off the middle; a little more does no harm. */
const offCentre = 1.01;
/** Of the diagonal: a turn by half a degree. */
const turned = 0.01;

/**
 * The orientation of an image whose axes are right ascension and declination, or offsets in arcsec to the East and North as
 * the images of wtilde have them; undefined where a header says nothing of it.
 *
 * @throws InvalidValue where the image is turned against North, has oblong pixels, or its reference pixel is not in the
 *   middle, so that rows and columns alone do not say where its pixels are.
 */
export function orientationOf(header: FitsHeader, shape: readonly number[], where: string): SkyOrientation | undefined {
  const named = (axis: number, name: RegExp) => name.test(String(header.get(`CTYPE${axis}`) ?? ''));
  const isOffset = named(1, /^XOFFSET$/) && named(2, /^YOFFSET$/) && header.get('CUNIT1') === 'arcsec';
  if (!isOffset && (!named(1, /^RA-/) || !named(2, /^DEC-/))) return undefined;
  const step = (row: number, column: number): number => {
    const cd = header.has('CD1_1') || header.has('CD2_2');
    if (cd) return finite(header, `CD${row}_${column}`, 0, where);
    return (
      finite(header, `PC${row}_${column}`, row === column ? 1 : 0, where) * finite(header, `CDELT${row}`, 1, where)
    );
  };
  const turn = finite(header, 'CROTA2', 0, where);
  const [x, y] = [step(1, 1), step(2, 2)];
  const across = Math.max(Math.abs(step(1, 2)), Math.abs(step(2, 1)));
  const size = Math.max(Math.abs(x), Math.abs(y));
  if (
    !(size > 0) ||
    across > turned * size ||
    Math.abs(turn) > 0.5 ||
    Math.abs(Math.abs(x) - Math.abs(y)) > turned * size
  ) {
    throw misplaced(
      where,
      'the image is turned against North, or its pixels are no squares',
      'square pixels, North along a side',
      [x, y, across, turn].join(', '),
    );
  }
  for (const [axis, extent] of [
    [1, shape[shape.length - 1]],
    [2, shape[shape.length - 2]],
  ]) {
    const reference = finite(header, `CRPIX${axis}`, (extent + 1) / 2, where);
    if (Math.abs(reference - (extent + 1) / 2) > offCentre) {
      throw misplaced(
        where,
        'the reference pixel is not in the middle of the image',
        `CRPIX${axis} near ${(extent + 1) / 2}`,
        String(reference),
      );
    }
  }
  return { rowsFromSouth: y > 0, columnsFromEast: x < 0, pixelScale: (isOffset ? 1 : 3600) * size };
}

/** An image (Ny, Nx) with its rows, its columns or both in the opposite order. */
export function flipped(image: NdArray<'real'>, rows: boolean, columns: boolean): NdArray<'real'> {
  const [height, width] = image.shape;
  return real(
    Float64Array.from(image.data, (_, at) => {
      const [row, column] = [Math.floor(at / width), at % width];
      return image.data[(rows ? height - 1 - row : row) * width + (columns ? width - 1 - column : column)];
    }),
    image.shape,
  );
}

function misplaced(where: string, what: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what,
    where,
    expected,
    actual,
    remedy: 'regrid the image around its phase centre with North up, or draw the mask with circles',
  });
}
