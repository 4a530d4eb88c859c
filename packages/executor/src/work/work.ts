import { createHash } from 'node:crypto';
import { WtildeError } from '@wtilde/core-types';
import { type Fields, readNpz, writeNpz } from '@wtilde/data';
import { pack, unpack } from './frame.js';

/** Work of which there are many jobs: all that they have in common. */
export interface Work {
  /** The name of a task, which the workers know as well. */
  readonly task: string;
  /** Arrays: a prepared dataset, or a mask. Workers fetch them once and keep them. */
  readonly dataset: Fields;
  /** Anything else that results depend on, as JSON. */
  readonly settings: string;
}

/** What a module of a task exports. */
export interface TaskModule {
  /** Makes a worker ready. `threads`: how many it may use; by default as many as are good. */
  open(work: Work, threads?: number): Promise<OpenTask>;
}

/** A worker that is ready: the same job gives the same bytes, always and everywhere. */
export interface OpenTask {
  run(job: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

/** The modules of the tasks, by name: workers import them. */
export type Tasks = Readonly<Record<string, URL>>;

/**
 * The content hash of a dataset, 64 hexadecimal digits: SHA-256 of its arrays in the order of their names, uncompressed. It
 * does not depend on the file that they came from.
 */
export function contentHash(dataset: Fields): string {
  return sha256(canonicalBytes(dataset));
}

/** The work as bytes, and their hash, which is its identity: other work has another. */
export interface EncodedWork {
  readonly bytes: Uint8Array;
  readonly hash: string;
}

export function encodeWork({ task, dataset, settings }: Work): EncodedWork {
  const bytes = pack([new TextEncoder().encode(JSON.stringify({ task, settings })), canonicalBytes(dataset)]);
  return { bytes, hash: sha256(bytes) };
}

/**
 * The work of bytes from elsewhere.
 *
 * @throws InvalidContract where they are not those of this hash.
 */
export function decodeWork({ bytes, hash }: EncodedWork): Work {
  const actual = sha256(bytes);
  if (actual !== hash) throw otherWork(hash, actual);
  const [head, arrays] = unpack(bytes, 'work');
  const { task, settings }: Readonly<Record<string, unknown>> = JSON.parse(new TextDecoder().decode(head));
  return { task: String(task), settings: String(settings), dataset: readNpz(arrays) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function canonicalBytes(dataset: Fields): Uint8Array {
  const sorted = Object.entries(dataset).sort(([a], [b]) => (a < b ? -1 : 1));
  return writeNpz(Object.fromEntries(sorted), { level: 0 });
}

function otherWork(expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what: 'the dataset is not the one that the jobs are about',
    where: 'work',
    expected: `SHA-256 ${expected}`,
    actual,
    remedy: 'start the run again: it sends its dataset anew',
  });
}
