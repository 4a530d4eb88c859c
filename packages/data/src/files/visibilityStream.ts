import { type FileHandle, open } from 'node:fs/promises';
import { complex, real, throwIfAborted, WtildeError } from '@wtilde/core-types';
import { checkComplete, type FitsImage, parseImage } from '../fits/read.js';
import { requirePairs, requireSameCount, type Visibilities } from '../fits/visibilities.js';
import { type FilePath, fileName, unreadable } from './io.js';
import { tripleOf, type VisibilityFiles } from './visibilityFiles.js';

/** Options of {@link openVisibilityFiles}. */
export interface StreamOptions {
  /** Visibilities per chunk (the last may have fewer). Default 131072. */
  readonly chunkSize?: number | undefined;
  /** Checked before every chunk. */
  readonly signal?: AbortSignal | undefined;
}

/** The visibilities of three files, read while they are used. */
export interface StreamedVisibilities {
  /** K. */
  readonly count: number;
  /**
   * The visibilities in order, from the beginning with every call: memory is that of one chunk, whatever K is. Values are
   * as they are in the files; nobody has checked them.
   */
  chunks(): AsyncGenerator<Visibilities, void, undefined>;
}

/** Headers are shorter than this in any file that a person or an instrument wrote. */
const headerBytes = 2 ** 20;
const defaultChunkSize = 2 ** 17;

/**
 * Opens the three FITS files of an interferometer dataset, or their folder, each an image (K, 2), to read them piece by piece.
 *
 * @throws FileUnreadable, FileFormat where a file is no complete FITS image, ShapeMismatch where an image is not (K, 2) or
 *   the three differ in K; while reading FileUnreadable, and Aborted when the signal is.
 */
export async function openVisibilityFiles(
  dataset: VisibilityFiles,
  { chunkSize = defaultChunkSize, signal }: StreamOptions = {},
): Promise<StreamedVisibilities> {
  const paths = tripleOf(dataset);
  const images = {
    data: await imageIn(paths.data),
    noiseMap: await imageIn(paths.noiseMap),
    uvWavelengths: await imageIn(paths.uvWavelengths),
  };
  for (const [image, path] of Object.values(images)) requirePairs(image, fileName(path));
  requireSameCount({ data: images.data[0], noiseMap: images.noiseMap[0], uvWavelengths: images.uvWavelengths[0] });
  const [count] = images.data[0].shape;

  async function* chunks(): AsyncGenerator<Visibilities, void, undefined> {
    const files = await Promise.all(Object.values(images).map(([image, path]) => rowReader(image, path)));
    try {
      for (let first = 0; first < count; first += chunkSize) {
        throwIfAborted(signal, 'openVisibilityFiles');
        const rows = Math.min(chunkSize, count - first);
        const [data, noiseMap, uv] = await Promise.all(files.map(({ read }) => read(first, rows)));
        yield { data: complex(data, [rows]), noiseMap: complex(noiseMap, [rows]), uvWavelengths: real(uv, [rows, 2]) };
      }
    } finally {
      await Promise.all(files.map(({ close }) => close()));
    }
  }

  return { count, chunks };
}

/** The image that a file holds, once it is known to be complete. */
async function imageIn(path: FilePath): Promise<readonly [FitsImage, FilePath]> {
  const where = fileName(path);
  return await withFile(path, async (handle) => {
    const { size } = await handle.stat();
    const head = new Uint8Array(Math.min(size, headerBytes));
    await handle.read(head, 0, head.length, 0);
    const image = parseImage(head, where);
    const { shape, dataStart, bytesPerValue } = image;
    checkComplete(
      size - dataStart,
      shape.reduce((product, extent) => product * extent, bytesPerValue),
      shape,
      where,
    );
    return [image, path] as const;
  });
}

async function withFile<R>(path: FilePath, use: (handle: FileHandle) => Promise<R>): Promise<R> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    return await use(handle);
  } catch (cause) {
    throw cause instanceof WtildeError ? cause : unreadable(fileName(path), cause);
  } finally {
    await handle?.close();
  }
}

interface RowReader {
  /** The values of some rows. */
  read(first: number, rows: number): Promise<Float64Array>;
  close(): Promise<void>;
}

async function rowReader({ dataStart, bytesPerValue, decode }: FitsImage, path: FilePath): Promise<RowReader> {
  const where = fileName(path);
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(where, cause);
  });
  const bytesPerRow = 2 * bytesPerValue;
  let bytes = new Uint8Array(0);
  return {
    async read(first, rows) {
      if (bytes.length < rows * bytesPerRow) bytes = new Uint8Array(rows * bytesPerRow);
      const wanted = rows * bytesPerRow;
      try {
        const { bytesRead } = await handle.read(bytes, 0, wanted, dataStart + first * bytesPerRow);
        if (bytesRead < wanted) throw new Error('the file became shorter while it was read');
      } catch (cause) {
        throw unreadable(where, cause);
      }
      return decode(bytes, 2 * rows);
    },
    close: () => handle.close(),
  };
}
