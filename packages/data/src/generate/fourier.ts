import { type NdArray, real } from '@wtilde/core-types';
import type { Visibilities } from '../fits/triple.js';
import { arcsecond, type MaskedPixels } from './pixels.js';

/**
 * The phase factors exp(2 pi i (x u + y v)) of all unmasked pixels, for one visibility after the
 * other. x depends on the column and y on the row alone, so 2 N sines and cosines serve M pixels.
 */
interface PixelPhases {
  /** Cosine and sine of 2 pi x u by column and of 2 pi y v by row. */
  readonly columnCos: Float64Array;
  readonly columnSin: Float64Array;
  readonly rowCos: Float64Array;
  readonly rowSin: Float64Array;
  moveTo(u: number, v: number): void;
}

function pixelPhases({ side, columnX, rowY }: MaskedPixels): PixelPhases {
  const columnCos = new Float64Array(side);
  const columnSin = new Float64Array(side);
  const rowCos = new Float64Array(side);
  const rowSin = new Float64Array(side);
  const toTurns = 2 * Math.PI * arcsecond;
  const moveTo = (u: number, v: number): void => {
    for (let i = 0; i < side; i++) {
      columnCos[i] = Math.cos(toTurns * columnX[i] * u);
      columnSin[i] = Math.sin(toTurns * columnX[i] * u);
      rowCos[i] = Math.cos(toTurns * rowY[i] * v);
      rowSin[i] = Math.sin(toTurns * rowY[i] * v);
    }
  };
  return { columnCos, columnSin, rowCos, rowSin, moveTo };
}

/** Writes the visibility of an image at (u, v) to `out[at]` (real) and `out[at + 1]` (imaginary). */
export type VisibilityOf = (u: number, v: number, out: Float64Array, at: number) => void;

/** The visibilities of an image (M): sum_i image_i exp(-2 pi i (x_i u + y_i v)), kernel #26. */
export function visibilityOf(pixels: MaskedPixels, image: NdArray<'real'>): VisibilityOf {
  const { columnCos, columnSin, rowCos, rowSin, moveTo } = pixelPhases(pixels);
  const native = pixels.native.data;
  const values = image.data;
  return (u, v, out, at) => {
    moveTo(u, v);
    let re = 0;
    let im = 0;
    for (let i = 0; i < values.length; i++) {
      const row = native[2 * i];
      const column = native[2 * i + 1];
      re += values[i] * (columnCos[column] * rowCos[row] - columnSin[column] * rowSin[row]);
      im -= values[i] * (columnSin[column] * rowCos[row] + columnCos[column] * rowSin[row]);
    }
    out[at] = re;
    out[at + 1] = im;
  };
}

/**
 * The dirty image (M) of a dataset, kernel #22:
 * sum_k Re(v_k) / Re(n_k)^2 cos(phi) - Im(v_k) / Im(n_k)^2 sin(phi), phi = 2 pi (x_i u_k + y_i v_k).
 */
export function dirtyImage(pixels: MaskedPixels, visibilities: Visibilities): NdArray<'real'> {
  const { columnCos, columnSin, rowCos, rowSin, moveTo } = pixelPhases(pixels);
  const { data, noiseMap, uvWavelengths } = visibilities;
  const native = pixels.native.data;
  const image = new Float64Array(pixels.native.shape[0]);
  for (let k = 0; k < uvWavelengths.data.length; k += 2) {
    moveTo(uvWavelengths.data[k], uvWavelengths.data[k + 1]);
    const re = data.data[k] / noiseMap.data[k] ** 2;
    const im = data.data[k + 1] / noiseMap.data[k + 1] ** 2;
    for (let i = 0; i < image.length; i++) {
      const row = native[2 * i];
      const column = native[2 * i + 1];
      image[i] +=
        re * (columnCos[column] * rowCos[row] - columnSin[column] * rowSin[row]) -
        im * (columnSin[column] * rowCos[row] + columnCos[column] * rowSin[row]);
    }
  }
  return real(image);
}
