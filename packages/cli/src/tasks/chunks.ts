import { type ChunkRange, openVisibilityFiles, type StreamedVisibilities, type Visibilities } from '@wtilde/data/node';
import { antennasApart } from '../lensing/antennaGains.js';

/** The chunks of several folders, counted on from one to the next. */
export interface Chunks {
  /** Of visibilities. */
  readonly count: number;
  /** Of chunks; the last of a folder may be smaller. */
  readonly chunkCount: number;
  /** Visibilities before the chunk of an index. */
  before(chunk: number): number;
  chunks(range: ChunkRange): AsyncGenerator<Visibilities>;
}

interface Opened {
  readonly stream: StreamedVisibilities;
  /** Visibilities and chunks before it. */
  readonly visibilities: number;
  readonly first: number;
}

/** @param antennas whether chunks tell their antennas and times */
export async function openChunks(folders: readonly string[], chunkSize: number, antennas = false): Promise<Chunks> {
  const opened: Opened[] = [];
  let [count, chunkCount] = [0, 0];
  for (const folder of folders) {
    const stream = await openVisibilityFiles(folder, { chunkSize, antennas });
    opened.push({ stream, visibilities: count, first: chunkCount });
    count += stream.count;
    chunkCount += Math.ceil(stream.count / chunkSize);
  }
  return {
    count,
    chunkCount,
    before(chunk) {
      const holder = opened.findLast(({ first }) => first <= chunk);
      return holder === undefined ? 0 : holder.visibilities + (chunk - holder.first) * chunkSize;
    },
    async *chunks({ from, to }) {
      // Ranges that lie outside of a folder are empty there.
      for (const [at, { stream, first }] of opened.entries()) {
        const range = { from: Math.max(0, from - first), to: Math.max(0, to - first) };
        for await (const chunk of stream.chunks(range)) yield antennasApart(chunk, at);
      }
    },
  };
}
