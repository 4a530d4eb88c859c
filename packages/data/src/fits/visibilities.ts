import { complex, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { type Fields, requireField } from '../fields.js';
import type { ReadOptions } from '../fileErrors.js';
import { readFits } from './read.js';
import { writeFits } from './write.js';

/** One thing for each of the three files of an interferometer dataset. */
export interface VisibilityTriple<T> {
  readonly data: T;
  readonly noiseMap: T;
  readonly uvWavelengths: T;
}

/** K visibilities: complex data and noise of shape [K], u and v in wavelengths of shape [K, 2]. */
export interface Visibilities {
  readonly data: NdArray<'complex'>;
  readonly noiseMap: NdArray<'complex'>;
  readonly uvWavelengths: NdArray<'real'>;
}

/** Options of {@link readVisibilities}. */
export interface ReadVisibilitiesOptions extends Pick<ReadOptions, 'maxBytes'> {
  /** What to call each of the three in error messages, normally the files' names. */
  readonly where?: Partial<VisibilityTriple<string>>;
}

/**
 * Reads an interferometer dataset from its three FITS files, each an image of shape (K,2):
 * visibilities and noise as real and imaginary part, uv as u and v in wavelengths.
 *
 * @throws what {@link readFits} throws; ShapeMismatch where an image is not (K,2) or the three
 *   differ in K; InvalidValue where a value is not finite or a part of the noise is zero.
 */
export function readVisibilities(
  files: VisibilityTriple<Uint8Array>,
  options: ReadVisibilitiesOptions = {},
): Visibilities {
  const read = (key: keyof VisibilityTriple<unknown>): NdArray<'real'> => {
    const where = options.where?.[key] ?? key;
    const limit = options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes };
    const image = readFits(files[key], { where, ...limit });
    requirePairs(image, where);
    requireFinite(image, where, key === 'noiseMap');
    return image;
  };
  const data = read('data');
  const noiseMap = read('noiseMap');
  const uvWavelengths = read('uvWavelengths');
  requireSameCount({ data, noiseMap, uvWavelengths });
  const count = data.shape[0];
  return {
    data: complex(data.data, [count]),
    noiseMap: complex(noiseMap.data, [count]),
    uvWavelengths,
  };
}

/** The three FITS files of an interferometer dataset: the inverse of {@link readVisibilities}. */
export function writeVisibilities(visibilities: Visibilities): VisibilityTriple<Uint8Array> {
  const { data, noiseMap, uvWavelengths } = visibilities;
  const count = data.shape[0];
  return {
    data: writeFits(real(data.data, [count, 2])),
    noiseMap: writeFits(real(noiseMap.data, [count, 2])),
    uvWavelengths: writeFits(uvWavelengths),
  };
}

/**
 * Visibilities under their upstream argument names: `data`, `noise_map`, `uv_wavelengths`, and the
 * real parts that the W kernels take, `visibilities_real` and `noise_map_real`.
 */
export function visibilityFields(visibilities: Visibilities): Fields {
  const { data, noiseMap, uvWavelengths } = visibilities;
  return {
    data,
    noise_map: noiseMap,
    visibilities_real: realParts(data),
    noise_map_real: realParts(noiseMap),
    uv_wavelengths: uvWavelengths,
  };
}

/**
 * The visibilities of a problem: the inverse of {@link visibilityFields}.
 *
 * @throws MissingArgument or DTypeMismatch where `data`, `noise_map` or `uv_wavelengths` is not there
 *   or not of its type.
 */
export function visibilitiesOf(fields: Fields): Visibilities {
  return {
    data: requireField(fields, 'data', 'complex'),
    noiseMap: requireField(fields, 'noise_map', 'complex'),
    uvWavelengths: requireField(fields, 'uv_wavelengths', 'real'),
  };
}

function realParts(array: NdArray<'complex'>): NdArray<'real'> {
  return real(array.data.filter((_, lane) => lane % 2 === 0));
}

/** Throws ShapeMismatch where an image is not (K, 2). */
export function requirePairs({ shape }: Pick<NdArray, 'shape'>, where: string): void {
  if (shape.length === 2 && shape[1] === 2) return;
  throw new WtildeError('ShapeMismatch', {
    what: 'the image is not a list of pairs',
    where,
    expected: '[K, 2]',
    actual: `[${shape.join(', ')}]`,
    remedy: 'write an image with NAXIS1 = 2 and NAXIS2 = K into the primary HDU',
  });
}

function requireFinite({ data }: NdArray<'real'>, where: string, nonZero: boolean): void {
  const at = data.findIndex((value) => !Number.isFinite(value) || (nonZero && value === 0));
  if (at < 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'the value cannot be used',
    where: `${where}, row ${at >> 1}, column ${at & 1} (from 0)`,
    expected: nonZero ? 'a finite noise other than zero' : 'a finite number',
    actual: String(data[at]),
    remedy: 'drop flagged visibilities before writing the files',
  });
}

/** Throws ShapeMismatch where the images differ in K. */
export function requireSameCount(images: VisibilityTriple<Pick<NdArray, 'shape'>>): void {
  const { data, noiseMap, uvWavelengths } = images;
  const counts = [data.shape[0], noiseMap.shape[0], uvWavelengths.shape[0]];
  if (counts[0] === counts[1] && counts[0] === counts[2]) return;
  throw new WtildeError('ShapeMismatch', {
    what: 'the three files differ in their number of visibilities',
    where: 'data, noiseMap, uvWavelengths',
    expected: 'one K',
    actual: counts.join(', '),
    remedy: 'use the three files of one dataset',
  });
}
