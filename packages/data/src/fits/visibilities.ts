import { complex, type NdArray, real } from '@wtilde/core-types';
import { optionsOf, type ReadOptions } from '../bytes/fileErrors.js';
import { type Fields, requireField } from '../fields.js';
import { identityCard, requireSameDataset } from './identity.js';
import { pairCount, requireSameCount } from './pairs.js';
import { readFitsImage } from './read.js';
import type { Visibilities, VisibilityTriple } from './triple.js';
import { countFlagged, requireUsable, requireVisibilities } from './usable.js';
import { writeFits } from './write.js';

/** Options of {@link readVisibilities}. */
export interface ReadVisibilitiesOptions extends Pick<ReadOptions, 'maxBytes'> {
  /** What to call each of the three in error messages, normally the files' names. */
  readonly where?: Partial<VisibilityTriple<string>>;
}

/**
 * Reads an interferometer dataset from its three FITS files, each an image of shape (K,2):
 * visibilities and noise as real and imaginary part, uv as u and v in wavelengths. Axes of extent 1
 * beside are left out.
 *
 * Infinite noise in either part flags a visibility. It is returned as it is, and its other values may
 * be anything.
 *
 * @throws what {@link readFits} throws; ShapeMismatch where an image is not (K,2) or the three
 *   differ in K; InvalidValue where a value of a visibility that is not flagged is not finite or a
 *   part of its noise is zero, where no visibility is left, or where the files carry `DATASET` cards
 *   of different datasets.
 */
export function readVisibilities(
  files: VisibilityTriple<Uint8Array>,
  options: ReadVisibilitiesOptions = {},
): Visibilities {
  const { where: names, maxBytes } = optionsOf(options, 'readVisibilities');
  const where = { data: 'data', noiseMap: 'noiseMap', uvWavelengths: 'uvWavelengths', ...names };
  const read = (key: keyof VisibilityTriple<unknown>) => {
    const limit = maxBytes === undefined ? {} : { maxBytes };
    const { image, header } = readFitsImage(files[key], { where: where[key], ...limit });
    return { count: pairCount(image, where[key]), values: image.data, header };
  };
  const data = read('data');
  const noiseMap = read('noiseMap');
  const uvWavelengths = read('uvWavelengths');
  const { count } = data;
  requireSameCount({ data: count, noiseMap: noiseMap.count, uvWavelengths: uvWavelengths.count });
  const headers = { data: data.header, noiseMap: noiseMap.header, uvWavelengths: uvWavelengths.header };
  requireSameDataset(headers, where.data);
  const visibilities = {
    data: complex(data.values, [count]),
    noiseMap: complex(noiseMap.values, [count]),
    uvWavelengths: real(uvWavelengths.values, [count, 2]),
  };
  requireVisibilities(count, countFlagged(visibilities.noiseMap), where.data);
  requireUsable(visibilities, where);
  return visibilities;
}

/**
 * The three FITS files of an interferometer dataset: the inverse of {@link readVisibilities}.
 *
 * All three carry the card `DATASET`, made of the numbers in them, by which readers notice files of different datasets.
 */
export function writeVisibilities(visibilities: Visibilities): VisibilityTriple<Uint8Array> {
  const { data, noiseMap, uvWavelengths } = visibilities;
  const count = data.shape[0];
  const cards = identityCard(visibilities);
  return {
    data: writeFits(real(data.data, [count, 2]), { cards }),
    noiseMap: writeFits(real(noiseMap.data, [count, 2]), { cards }),
    uvWavelengths: writeFits(uvWavelengths, { cards }),
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
