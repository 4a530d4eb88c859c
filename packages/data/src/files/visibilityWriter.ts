import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paddedLength } from '../fits/header.js';
import { createIdentity } from '../fits/identity.js';
import type { Visibilities } from '../fits/triple.js';
import { requireVisibilities } from '../fits/usable.js';
import { card, headerBytes, imageCards } from '../fits/write.js';
import { sha256Of } from './hash.js';
import type { FilePath } from './io.js';
import { antennaFile, fileIn, visibilityPaths } from './visibilityFiles.js';
import type { WriteFileOptions } from './write.js';
import { writePieces } from './writePieces.js';

/** What has been written into a folder. */
export interface WrittenVisibilities {
  readonly visibilities: number;
  /** SHA-256 of every file, by its name. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** Headers of three such files are one block long, whatever K is. */
const headerLength = 2880;

/** The paths that {@link writeVisibilityStream} writes, with antennas where it is told to. */
export function observationPaths(folder: FilePath, antennas = false): readonly FilePath[] {
  const { data, noiseMap, uvWavelengths } = visibilityPaths(folder);
  const told = antennas ? [fileIn(folder, antennaFile)] : [];
  return [data, noiseMap, uvWavelengths, ...told, fileIn(folder, 'manifest.json')];
}

/**
 * Writes visibilities that come in chunks as the three FITS files of a folder, with a manifest.json beside them that
 * `describe` makes once they are whole: all or none. Memory is that of a chunk.
 *
 * @param options `antennas`: write antennas.fits too, of chunks that tell theirs
 *
 * @throws InvalidValue where no visibility came; what `writeFiles` throws; what the chunks throw.
 */
export async function writeVisibilityStream(
  folder: FilePath,
  chunks: AsyncIterable<Visibilities>,
  describe: (written: WrittenVisibilities) => object,
  { antennas = false, ...options }: WriteFileOptions & { readonly antennas?: boolean | undefined } = {},
): Promise<WrittenVisibilities> {
  const paths = observationPaths(folder, antennas);
  const names = paths.slice(0, -1).map((path) => basename(typeof path === 'string' ? path : fileURLToPath(path)));
  return await writePieces(
    paths,
    async (files) => {
      const images = files.slice(0, -1);
      const [manifest] = files.slice(-1);
      for (const image of images) await image.append(new Uint8Array(headerLength));
      const identity = createIdentity();
      let visibilities = 0;
      for await (const chunk of chunks) {
        identity.add(chunk);
        visibilities += chunk.data.shape[0];
        const arrays = [chunk.data.data, chunk.noiseMap.data, chunk.uvWavelengths.data];
        if (antennas) arrays.push(antennaRows(chunk));
        for (const [at, values] of arrays.entries()) await images[at].append(bigEndian(values));
      }
      requireVisibilities(visibilities, 0, String(folder));
      const cards = Object.entries(identity.card()).map(([keyword, value]) => card(keyword, value));
      for (const [at, image] of images.entries()) {
        const columns = at < 3 ? 2 : 3;
        const header = headerBytes([...imageCards([visibilities, columns]), ...cards]);
        const length = visibilities * columns * 8;
        await image.append(new Uint8Array(paddedLength(length) - length));
        await image.overwrite(0, header);
      }
      const sha256: Record<string, string> = {};
      for (const [at, { path }] of images.entries()) sha256[names[at]] = await sha256Of(path);
      const written = { visibilities, sha256 };
      await manifest.append(new TextEncoder().encode(`${JSON.stringify(describe(written), undefined, 2)}\n`));
      return written;
    },
    options,
  );
}

/** Rows of antenna 1, antenna 2 and seconds. */
function antennaRows({ antennas, times, data }: Visibilities): Float64Array {
  const rows = new Float64Array(3 * data.shape[0]).fill(-1);
  for (let k = 0; k < data.shape[0]; k++) {
    if (antennas !== undefined) rows.set(antennas.data.subarray(2 * k, 2 * k + 2), 3 * k);
    rows[3 * k + 2] = times?.data[k] ?? Number.NaN;
  }
  return rows;
}

function bigEndian(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]);
  return bytes;
}
