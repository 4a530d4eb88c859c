import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { complex, index, real, throwIfAborted, WtildeError } from '@wtilde/core-types';
import { malformed, optionsOf, shown } from '../bytes/fileErrors.js';
import type { FitsHeader } from '../fits/header.js';
import { requireSameDataset } from '../fits/identity.js';
import { checkComplete, type FitsImage, findImage } from '../fits/image.js';
import { pairCount, requireSameCount } from '../fits/pairs.js';
import { parseFetched } from '../fits/parsing.js';
import type { Visibilities, VisibilityTriple } from '../fits/triple.js';
import { countFlagged, requireVisibilities } from '../fits/usable.js';
import { byteSource } from './byteSource.js';
import { type FilePath, fileName } from './io.js';
import {
  antennaFile,
  existingVisibilityPaths,
  fileIn,
  importableOf,
  statsOf,
  type VisibilityFiles,
} from './visibilityFiles.js';

/** Options of {@link openVisibilityFiles}. */
export interface StreamOptions {
  /** Visibilities per chunk (the last may have fewer): a whole number from 1. Default 131072. */
  readonly chunkSize?: number | undefined;
  /** Whether chunks tell antennas and times, of the antennas.fits beside the three files of a folder. Default false. */
  readonly antennas?: boolean | undefined;
  /** Checked before every chunk. */
  readonly signal?: AbortSignal | undefined;
}

/** The visibilities of three files, read while they are used. */
export interface StreamedVisibilities {
  /** K, at least 1. */
  readonly count: number;
  /**
   * The visibilities in order, from the beginning with every call: memory is that of one chunk, whatever K is. Values are
   * as they are in the files; nobody has checked them, but that infinite noise has not flagged them all: InvalidValue
   * after the last chunk.
   *
   * @param range the chunks from index `from` up to, without it, `to`, by default all: whether a part is flagged as a
   *   whole says nothing.
   */
  chunks(range?: ChunkRange): AsyncGenerator<Visibilities, void, undefined>;
}

/** Some of the chunks of a dataset, by their indexes. */
export interface ChunkRange {
  readonly from: number;
  readonly to: number;
}

const defaultChunkSize = 2 ** 17;

/**
 * Opens the three FITS files of an interferometer dataset, or their folder, each an image (K, 2), to read them piece by
 * piece. A file that is packed with gzip, or a pipe, is kept in memory as a whole.
 *
 * @throws FileUnreadable; FileFormat where a file is no complete FITS image; ShapeMismatch where an image is not (K, 2) or
 *   the three differ in K; InvalidValue where K is 0 or the files carry `DATASET` cards of different datasets;
 *   InvalidOption; while reading FileUnreadable, InvalidValue, and Aborted when the signal is.
 */
export async function openVisibilityFiles(
  dataset: VisibilityFiles,
  options: StreamOptions = {},
): Promise<StreamedVisibilities> {
  const { chunkSize = defaultChunkSize, antennas = false, signal } = optionsOf(options, 'openVisibilityFiles');
  if (!(Number.isSafeInteger(chunkSize) && chunkSize >= 1)) throw noChunkSize(chunkSize);
  const paths = await existingVisibilityPaths(dataset);
  if (typeof dataset === 'string' || dataset instanceof URL) await requireData(dataset, paths.data);
  const images = {
    data: await openImage(paths.data),
    noiseMap: await openImage(paths.noiseMap),
    uvWavelengths: await openImage(paths.uvWavelengths),
  };
  requireSameCount(each(images, ({ count }) => count));
  requireSameDataset(
    each(images, ({ header }) => header),
    fileName(paths.data),
  );
  const { count } = images.data;
  const told = antennas ? await openAntennas(dataset, count, images.data.header) : undefined;
  requireVisibilities(count, 0, fileName(paths.data));

  async function* chunks(range?: ChunkRange): AsyncGenerator<Visibilities, void, undefined> {
    const { from, to } = range ?? { from: 0, to: Number.POSITIVE_INFINITY };
    const opened: RowReader[] = [];
    const end = Math.min(count, to * chunkSize);
    const read = (first: number) => {
      const rows = Math.min(chunkSize, count - first);
      return Promise.all(opened.map((each) => each.read(first, rows)));
    };
    let flagged = 0;
    let ahead: ReturnType<typeof read> | undefined;
    try {
      for (const { open } of [...Object.values(images), ...(told ? [told] : [])]) opened.push(await open());
      for (let first = from * chunkSize; first < end; first += chunkSize) {
        throwIfAborted(signal, 'openVisibilityFiles');
        const [data, noise, uv, rest] = await (ahead ?? read(first));
        // The disk works while whoever takes this chunk does; an error is told when its chunk is wanted.
        ahead = first + chunkSize < end ? read(first + chunkSize) : undefined;
        ahead?.catch(() => {});
        const rows = noise.length / 2;
        const noiseMap = complex(noise, [rows]);
        flagged += countFlagged(noiseMap);
        yield {
          data: complex(data, [rows]),
          noiseMap,
          uvWavelengths: real(uv, [rows, 2]),
          ...(told && antennasOf(rest, rows)),
        };
      }
      if (range === undefined) requireVisibilities(count, flagged, fileName(paths.noiseMap));
    } finally {
      await ahead?.catch(() => {});
      await Promise.all(opened.map(({ close }) => close()));
    }
  }

  return { count, chunks };
}

interface PairImage {
  /** K. */
  readonly count: number;
  readonly header: FitsHeader;
  open(): Promise<RowReader>;
}

interface RowReader {
  /** The values of some rows. */
  read(first: number, rows: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/** The list of pairs that a file holds, once it is known to be complete. */
async function openImage(path: FilePath, columns = 2): Promise<PairImage> {
  const where = fileName(path);
  const source = await byteSource(path);
  const { size, fetch, close } = await source.open();
  let image: FitsImage;
  try {
    image = await parseFetched(findImage(where), fetch);
    checkComplete(size, image, where);
  } finally {
    await close();
  }
  const { dataStart, bytesPerValue, decode, header } = image;
  const bytesPerRow = columns * bytesPerValue;
  return {
    count: columns === 2 ? pairCount(image, where) : rowCount(image, columns, where),
    header,
    async open() {
      const bytes = await source.open();
      return {
        read: async (first, rows) =>
          decode(await bytes.fetchAll(dataStart + first * bytesPerRow, rows * bytesPerRow), columns * rows),
        close: bytes.close,
      };
    },
  };
}

/** Opens antennas.fits of a folder; throws FileFormat where there is none, or it is of other visibilities. */
async function openAntennas(dataset: VisibilityFiles, count: number, data: FitsHeader): Promise<PairImage> {
  const folder = typeof dataset === 'string' || dataset instanceof URL ? dataset : undefined;
  const path = folder === undefined ? undefined : fileIn(folder, antennaFile);
  if (path === undefined || (await statsOf(path)) === undefined) throw noAntennas(folder);
  const found = await openImage(path, 3);
  requireSameDataset({ data, noiseMap: data, uvWavelengths: found.header }, fileName(path));
  if (found.count !== count) throw otherCount(fileName(path), count, found.count);
  return found;
}

function antennasOf(rows: Float64Array, count: number) {
  const antennas = new Int32Array(2 * count);
  const times = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    antennas[2 * k] = rows[3 * k];
    antennas[2 * k + 1] = rows[3 * k + 1];
    times[k] = rows[3 * k + 2];
  }
  return { antennas: index(antennas, [count, 2]), times: real(times) };
}

function rowCount({ shape }: FitsImage, columns: number, where: string): number {
  if (shape.length === 2 && shape[1] === columns) return shape[0];
  throw otherCount(where, `K, ${columns}`, shape.join(', '));
}

function otherCount(where: string, expected: number | string, actual: number | string): WtildeError {
  return new WtildeError('ShapeMismatch', {
    what: 'the antennas are not those of the visibilities',
    where,
    expected: String(expected),
    actual: String(actual),
    remedy: 'import the observation again',
  });
}

function noAntennas(folder: FilePath | undefined): WtildeError {
  return new WtildeError('MissingArgument', {
    what: 'the dataset does not tell the antennas of its visibilities',
    where: folder === undefined ? 'openVisibilityFiles' : fileName(folder),
    expected: `${antennaFile} beside the three files`,
    actual: 'none',
    remedy: 'import the UVFITS file that the data come from: wtilde import keeps antennas and times',
  });
}

/** Throws FileFormat where a folder is there and has something else. */
async function requireData(folder: FilePath, data: FilePath): Promise<void> {
  const present = await readdir(folder).catch(() => undefined);
  if (present === undefined || (await statsOf(data)) !== undefined) return;
  throw malformed(fileName(folder), 'there is no data.fits in the folder', {
    expected: 'data.fits, noise_map.fits and uv_wavelengths.fits',
    actual: present.sort().slice(0, 8).join(', ') || 'an empty folder',
    remedy: present.includes('table.dat')
      ? 'this is a MeasurementSet: export it with exportuvfits in CASA, then wtilde import'
      : `name the folder that has them, or make one: wtilde import ${join(fileName(folder), importableOf(present) ?? '')} --out DIR`,
  });
}

function each<T, R>(triple: VisibilityTriple<T>, of: (value: T) => R): VisibilityTriple<R> {
  const { data, noiseMap, uvWavelengths } = triple;
  return { data: of(data), noiseMap: of(noiseMap), uvWavelengths: of(uvWavelengths) };
}

function noChunkSize(chunkSize: unknown): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the size of the chunks is none',
    where: 'chunkSize',
    expected: 'a whole number from 1',
    actual: shown(chunkSize),
    remedy: `leave it out for the default of ${defaultChunkSize}`,
  });
}
