import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { fieldNamed } from '@wtilde/data';
import { fieldsFromNpzFile, fileKind, readFitsFile, readNpyFile } from '@wtilde/data/node';

/**
 * Real numbers of a FITS image, an .npy file, or an archive under the first of the names that it has; known by its first
 * bytes.
 */
export async function arrayIn(path: string, names: readonly string[]): Promise<NdArray<'real'>> {
  const { id, name } = await fileKind(path);
  if (id === 'fits' || id === 'gzip') return withoutLeadingAxes(await readFitsFile(path));
  if (id === 'npy') return inReal(await readNpyFile(path), path);
  if (id === 'npz') {
    const fields = await fieldsFromNpzFile(path);
    for (const each of names) {
      const field = fieldNamed(fields, each);
      if (field !== undefined) return inReal(field, path);
    }
    throw notThere(path, `an archive with ${names.join(' or ')}`, `one with ${Object.keys(fields).join(', ')}`);
  }
  throw notThere(path, 'a FITS image, an .npy file or an .npz archive', name);
}

/** Radio images have axes for frequency and polarization before those of the sky, of extent 1 where there is one image. */
function withoutLeadingAxes(image: NdArray<'real'>): NdArray<'real'> {
  const extra = image.shape.slice(0, -2);
  return extra.every((extent) => extent === 1) ? real(image.data, image.shape.slice(extra.length)) : image;
}

function inReal(array: NdArray, path: string): NdArray<'real'> {
  if (array.dtype === 'complex') throw notThere(path, 'real numbers', 'complex ones');
  return real(Float64Array.from(array.data), array.shape);
}

function notThere(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('FileFormat', {
    what: 'the array is not in the file',
    where,
    expected,
    actual,
    remedy: 'name such a file',
  });
}
