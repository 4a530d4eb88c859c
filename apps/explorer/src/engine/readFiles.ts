import { WtildeError } from '@wtilde/core-types';
import { type Fields, fieldNamed, readNpz, readVisibilities, type Visibilities } from '@wtilde/data';
import { type PreparedDataset, preparedFrom } from '@wtilde/lens';

/** What files that were dropped hold: visibilities to be summed, or a dataset that has been. */
export type Read =
  | { readonly kind: 'visibilities'; readonly name: string; readonly visibilities: Visibilities }
  | { readonly kind: 'prepared'; readonly name: string; readonly prepared: PreparedDataset };

const roles = { data: /^data\b/, noiseMap: /^noise(_map)?\b/, uvWavelengths: /^uv(_wavelengths)?\b/ } as const;

/**
 * The dataset of files that were dropped: three FITS files by their names, or a file of `wtilde prepare`.
 *
 * @throws what the readers throw; FileFormat where the names say nothing.
 */
export async function readFiles(files: readonly File[]): Promise<Read> {
  const archive = files.find(({ name }) => name.endsWith('.npz'));
  if (archive !== undefined) {
    const fields = readNpz(await bytesOf(archive), { where: archive.name });
    requirePrepared(fields, archive.name);
    return { kind: 'prepared', name: archive.name, prepared: preparedFrom(fields) };
  }
  const found = (role: RegExp) => files.find(({ name }) => role.test(name) && /\.fits(\.gz)?$/.test(name));
  const { data, noiseMap, uvWavelengths } = {
    data: found(roles.data),
    noiseMap: found(roles.noiseMap),
    uvWavelengths: found(roles.uvWavelengths),
  };
  if (data === undefined || noiseMap === undefined || uvWavelengths === undefined) throw unknownFiles(files);
  const visibilities = readVisibilities(
    { data: await bytesOf(data), noiseMap: await bytesOf(noiseMap), uvWavelengths: await bytesOf(uvWavelengths) },
    { where: { data: data.name, noiseMap: noiseMap.name, uvWavelengths: uvWavelengths.name } },
  );
  return { kind: 'visibilities', name: folderOf(data), visibilities };
}

function folderOf({ name, webkitRelativePath = '' }: File): string {
  return webkitRelativePath.split('/').at(-2) ?? name;
}

async function bytesOf(file: File): Promise<Uint8Array> {
  const stream = file.name.endsWith('.gz') ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function requirePrepared(fields: Fields, where: string): void {
  if (['w_compact', 'dirty_image', 'mask'].every((name) => fieldNamed(fields, name) !== undefined)) return;
  throw new WtildeError('FileFormat', {
    what: 'this archive holds no prepared dataset',
    where,
    expected: 'a file that `wtilde prepare` wrote',
    actual: `arrays ${Object.keys(fields).sort().join(', ') || 'none'}`,
    remedy: 'prepare the dataset with `wtilde prepare`, or drop its three FITS files',
  });
}

function unknownFiles(files: readonly File[]): WtildeError {
  return new WtildeError('FileFormat', {
    what: 'these files are no dataset that is known by its names',
    where: 'the files that were dropped',
    expected: 'data.fits, noise_map.fits and uv_wavelengths.fits together, or one .npz of `wtilde prepare`',
    actual: files.map(({ name }) => name).join(', ') || 'nothing',
    remedy: 'drop the three files, or their folder, at once',
  });
}
