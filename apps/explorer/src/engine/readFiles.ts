import { complex, real, WtildeError } from '@wtilde/core-types';
import {
  type ByteSource,
  type Fields,
  fieldNamed,
  importUvfits,
  openUvfits,
  readNpz,
  readVisibilities,
  sourceOfBytes,
  type Visibilities,
} from '@wtilde/data';
import { type PreparedDataset, preparedFrom } from '@wtilde/lens';

/** What files that were dropped hold: visibilities to be summed, or a dataset that has been. */
export type Read =
  | { readonly kind: 'visibilities'; readonly name: string; readonly visibilities: Visibilities }
  | { readonly kind: 'prepared'; readonly name: string; readonly prepared: PreparedDataset };

const uvfitsName = /\.(uvfits|uvf)(\.gz)?$/i;
const roles = { data: /^data\b/, noiseMap: /^noise(_map)?\b/, uvWavelengths: /^uv(_wavelengths)?\b/ } as const;

/**
 * The dataset of files that were dropped: three FITS files by their names, one of UVFITS, or a file of `wtilde prepare`.
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
  const uvfits = files.find(({ name }) => uvfitsName.test(name));
  if (uvfits !== undefined) return { kind: 'visibilities', name: uvfits.name, visibilities: await readUvfits(uvfits) };
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

/** The visibilities of an observation as its weights have them, in total intensity. Read in pieces, kept as a whole. */
async function readUvfits(file: File): Promise<Visibilities> {
  const whole = file.name.endsWith('.gz') ? sourceOfBytes(await bytesOf(file)) : sourceOfFile(file);
  const { chunks } = await importUvfits(await openUvfits(whole, file.name));
  const parts: Visibilities[] = [];
  for await (const chunk of chunks()) parts.push(chunk);
  const count = parts.reduce((sum, { data }) => sum + data.shape[0], 0);
  const joined = (of: (part: Visibilities) => Float64Array) => {
    const all = new Float64Array(2 * count);
    let at = 0;
    for (const part of parts) {
      all.set(of(part), at);
      at += of(part).length;
    }
    return all;
  };
  return {
    data: complex(joined(({ data }) => data.data)),
    noiseMap: complex(joined(({ noiseMap }) => noiseMap.data)),
    uvWavelengths: real(
      joined(({ uvWavelengths }) => uvWavelengths.data),
      [count, 2],
    ),
  };
}

function sourceOfFile(file: File): ByteSource {
  const fetch = async (at: number, length: number) => new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  return { open: async () => ({ size: file.size, fetch, fetchAll: fetch, close: async () => {} }) };
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
    expected:
      'data.fits, noise_map.fits and uv_wavelengths.fits together, one .uvfits, or one .npz of `wtilde prepare`',
    actual: files.map(({ name }) => name).join(', ') || 'nothing',
    remedy: 'drop the three files, or their folder, at once',
  });
}
