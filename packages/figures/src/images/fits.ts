import { real } from '@wtilde/core-types';
import { type CardValue, writeFits } from '@wtilde/data';
import type { Beam } from '@wtilde/lens';
import type { SkyPosition } from '../result.js';
import type { SkyImage } from './skyImage.js';

export interface FitsImageOptions {
  /** OBJECT: what is shown. */
  readonly object?: string | undefined;
  /** Where (0, 0) is on the sky: the coordinates are then RA and Dec (ICRS, orthographic), else offsets in arcsec. */
  readonly position?: SkyPosition | undefined;
  /** Of an image in flux per beam. */
  readonly beam?: Beam | undefined;
  /** How the image was made, a line each, in ASCII. */
  readonly history?: readonly string[] | undefined;
}

/**
 * An image as a FITS file that DS9 and CARTA show as the sky is seen: North up, East left. The first row is the southernmost,
 * the first pixel of a row the easternmost; x grows to the East, so CDELT1 is negative. NaN where there is no value.
 *
 * @see FITS standard 4.0; Greisen & Calabretta 2002, A&A 395, 1061; Calabretta & Greisen 2002, A&A 395, 1077.
 */
export function fitsImage(image: SkyImage, options: FitsImageOptions = {}): Uint8Array {
  const { object, position, beam, history } = options;
  const [rows, columns] = image.values.shape;
  const turned = image.values.data.slice().reverse();
  const cards: Record<string, CardValue> = {
    ...(object === undefined ? {} : { OBJECT: object }),
    BUNIT: image.unit,
    ORIGIN: 'wtilde',
    ...coordinates(image, rows, columns, position),
    ...(beam === undefined
      ? {}
      : {
          BMAJ: beam.major / arcsecPerDegree,
          BMIN: beam.minor / arcsecPerDegree,
          // From North through East: from y through x.
          BPA: positionAngle(beam.angle),
        }),
  };
  return writeFits(real(turned, [rows, columns]), { cards, ...(history === undefined ? {} : { history }) });
}

const arcsecPerDegree = 3600;

function positionAngle(angle: number): number {
  const turned = (90 - angle) % 180;
  return turned > 90 ? turned - 180 : turned <= -90 ? turned + 180 : turned;
}

function coordinates(
  { pixelScale, centre: [y, x] }: SkyImage,
  rows: number,
  columns: number,
  position: SkyPosition | undefined,
): Record<string, CardValue> {
  // Of the middle of the image, counted from 1; columns run to the West.
  const middle = { CRPIX1: (columns + 1) / 2, CRPIX2: (rows + 1) / 2 };
  if (position === undefined) {
    return {
      ...middle,
      CTYPE1: 'XOFFSET',
      CTYPE2: 'YOFFSET',
      CUNIT1: 'arcsec',
      CUNIT2: 'arcsec',
      CRVAL1: x,
      CRVAL2: y,
      CDELT1: -pixelScale,
      CDELT2: pixelScale,
    };
  }
  return {
    CRPIX1: middle.CRPIX1 + x / pixelScale,
    CRPIX2: middle.CRPIX2 - y / pixelScale,
    CTYPE1: 'RA---SIN',
    CTYPE2: 'DEC--SIN',
    CUNIT1: 'deg',
    CUNIT2: 'deg',
    CRVAL1: position.ra,
    CRVAL2: position.dec,
    CDELT1: -pixelScale / arcsecPerDegree,
    CDELT2: pixelScale / arcsecPerDegree,
    RADESYS: 'ICRS',
  };
}
