import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { real } from '@wtilde/core-types';
import { expect, test } from 'vitest';
import {
  arrayRole,
  bytesOfNumbers,
  type Crew,
  contentHash,
  createExecutor,
  type ExecutorOptions,
  mapReduce,
  numbersOfBytes,
  pack,
  unpack,
} from '../src/index.js';
import { decodeWork, encodeWork } from '../src/work/work.js';
import { ask, asks, facts, folder, jobsOf, numbersIn, squaresOf, squaresWork, tasks, version } from './squares.js';

const options: ExecutorOptions = { tasks, version, env: {} };

async function withCrew<R>(
  name: string,
  work: (crew: Crew) => Promise<R>,
  how: ExecutorOptions = options,
  what = squaresWork(),
): Promise<R> {
  const executor = await createExecutor(name, how);
  try {
    return await work(await executor.start(what));
  } finally {
    await executor.close();
  }
}

test.each(['inline', 'threads:1', 'threads:3'])('%s: every result, in the order of the jobs', async (name) => {
  const jobs = jobsOf(20);
  const seen: number[] = [];
  const outcomes = await withCrew(name, (crew) => crew.map(jobs, { onProgress: (done) => seen.push(done) }));
  expect(numbersIn(outcomes)).toEqual(squaresOf(jobs));
  expect(seen).toEqual(Array.from({ length: 21 }, (_, done) => done));
  expect(await withCrew(name, (crew) => crew.map([]))).toEqual([]);
});

test.each(['inline', 'threads:2'])('%s: a job that fails says why and stops nobody', async (name) => {
  const [first, last] = jobsOf(2);
  const outcomes = await withCrew(name, (crew) => crew.map([first, ask(asks.error), last, ask(asks.typed)]));
  expect(numbersIn(outcomes)).toEqual([...squaresOf([first]), 'DeviceFailure', ...squaresOf([last]), facts.code]);
  expect(outcomes?.[1].failure).toMatchObject({ what: 'a worker failed', where: 'job', actual: 'no square today' });
  expect(outcomes?.[3].failure).toMatchObject(facts);
});

test('a job that ends its thread is set aside, and reported', async () => {
  const [first, last] = jobsOf(2);
  const outcomes = await withCrew('threads:2', (crew) => crew.map([first, ask(asks.threadEnds), last]));
  expect(numbersIn(outcomes)).toEqual([...squaresOf([first]), 'DeviceFailure', ...squaresOf([last])]);
  expect(outcomes?.[1].failure?.message).toMatch(/2 of them; it has been set aside/);
  const hash = createHash('sha256').update(ask(asks.threadEnds)).digest('hex');
  expect(outcomes?.[1].failure?.where).toBe(`job ${hash.slice(0, 16)}`);
});

test('a job that computes for ever is stopped by the signal', async () => {
  const stop = new AbortController();
  const running = withCrew('threads:1', (crew) =>
    crew.map([...jobsOf(1), ask(asks.neverEnds, 1)], { signal: stop.signal, onOutcome: () => stop.abort() }),
  );
  await expect(running).rejects.toMatchObject({ code: 'Aborted' });
  await expect(
    withCrew('inline', (crew) => crew.map(jobsOf(1), { signal: AbortSignal.abort() })),
  ).rejects.toMatchObject({ code: 'Aborted' });
});

/** Sums that depend on their order in the last digits. */
const add = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x + b[i]);
const read = (result: Uint8Array) => [...numbersOfBytes(result)].map((x) => 1 / (x + 1e-3));

test('a sum has the same bits whoever made its parts, and in whatever order', async () => {
  const jobs = jobsOf(37);
  const parts = squaresOf(jobs).map((numbers) => numbers.map((x) => 1 / (x + 1e-3)));
  const tree = (from: number, to: number): readonly number[] => {
    if (to - from === 1) return parts[from];
    // The largest power of two below the number of parts is one side.
    const half = 2 ** Math.floor(Math.log2(to - from - 1));
    return add(tree(from, from + half), tree(from + half, to));
  };
  const expected = tree(0, jobs.length);
  const inOrder = parts.reduce(add);
  expect(inOrder).not.toEqual(expected);
  for (const name of ['inline', 'threads:1', 'threads:3']) {
    expect(await withCrew(name, (crew) => mapReduce(crew, jobs, read, add))).toEqual(expected);
  }
  const backwards: Crew = {
    hash: '',
    close: async () => {},
    map: async (all, { onOutcome } = {}) => {
      const squares = squaresOf(all).map((numbers) => ({ result: bytesOfNumbers(numbers) }));
      for (let i = all.length - 1; i >= 0; i--) onOutcome?.(squares[i], i);
      return squares;
    },
  };
  expect(await mapReduce(backwards, jobs, read, add)).toEqual(expected);
});

test('a sum of which a part fails is that failure', async () => {
  const jobs = [...jobsOf(2), ask(asks.error), ...jobsOf(3)];
  for (const name of ['inline', 'threads:2']) {
    await expect(withCrew(name, (crew) => mapReduce(crew, jobs, read, add))).rejects.toThrow(/no square today/);
  }
  await expect(withCrew('inline', (crew) => mapReduce(crew, [], read, add))).rejects.toMatchObject({
    code: 'InvalidValue',
    where: 'mapReduce',
  });
});

test('the hash of a dataset is that of its numbers', () => {
  const [a, b] = [real([1, 2]), real([-0, 3], [1, 2])];
  const hash = contentHash({ a, b });
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(contentHash({ b, a })).toBe(hash);
  expect(contentHash({ a, b: real([0, 3], [1, 2]) })).not.toBe(hash);
  expect(contentHash({ a, b: real([-0, 3], [2, 1]) })).not.toBe(hash);
  expect(contentHash({ a, c: b })).not.toBe(hash);
});

test('work is known by its hash; other work is refused', () => {
  const work = squaresWork();
  const { bytes, hash } = encodeWork(work);
  expect(decodeWork({ bytes, hash })).toEqual(work);
  const other = bytes.slice();
  other[other.length - 30] ^= 1;
  expect(() => decodeWork({ bytes: other, hash })).toThrow(/^work: the dataset is not the one that the jobs are about/);
  expect(encodeWork(squaresWork({ factor: 2 })).hash).not.toBe(hash);
});

test('frames keep their pieces', () => {
  const pieces = [new Uint8Array([1, 2]), new Uint8Array(), new Uint8Array([3])];
  expect(unpack(pack(pieces), 'here')).toEqual(pieces);
  expect(() => unpack(pack(pieces).subarray(1), 'here')).toThrow(/here: the bytes are not whole/);
  expect(numbersOfBytes(bytesOfNumbers([Number.NEGATIVE_INFINITY, -0]))).toEqual(
    new Float64Array([Number.NEGATIVE_INFINITY, -0]),
  );
});

test('an array: parts leave files, the last step reads them', async () => {
  const name = `array:${join(folder, 'parts')}`;
  const jobs = jobsOf(7);
  const part = (index: number) =>
    withCrew(name, (crew) => crew.map(jobs), {
      ...options,
      env: { SLURM_ARRAY_TASK_ID: String(index + 1), SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_COUNT: '3' },
    });
  expect(await part(2)).toBeUndefined();
  expect(await part(0)).toBeUndefined();
  await expect(withCrew(name, (crew) => crew.map(jobs))).rejects.toThrow(
    /^executor array: not all parts have been made .*got 5; not there, or torn: job 1, 4\)/,
  );
  expect(await part(1)).toBeUndefined();
  expect(numbersIn(await withCrew(name, (crew) => crew.map(jobs)))).toEqual(squaresOf(jobs));
  const sum = await withCrew(name, (crew) => mapReduce(crew, jobs, read, add));
  expect(sum).toEqual(await withCrew('inline', (crew) => mapReduce(crew, jobs, read, add)));
  // Neither of other work nor of another version.
  await expect(withCrew(name, (crew) => crew.map(jobs), options, squaresWork({ factor: 2 }))).rejects.toThrow(/got 0/);
  await expect(withCrew(name, (crew) => crew.map(jobs), { ...options, version: '2' })).rejects.toThrow(/got 0/);
});

test('an array: a torn file is made again', async () => {
  const name = `array:${join(folder, 'torn')}`;
  const jobs = jobsOf(2);
  const env = { JOB_COMPLETION_INDEX: '0', WTILDE_ARRAY_COUNT: '1' };
  await withCrew(name, (crew) => crew.map(jobs), { ...options, env });
  const torn = join(folder, 'torn');
  const files = readdirSync(torn, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.result'));
  expect(files).toHaveLength(2);
  writeFileSync(join(torn, files[0]), 'torn');
  await expect(withCrew(name, (crew) => crew.map(jobs))).rejects.toMatchObject({ code: 'FileUnreadable' });
  await withCrew(name, (crew) => crew.map(jobs), { ...options, env });
  expect(numbersIn(await withCrew(name, (crew) => crew.map(jobs)))).toEqual(squaresOf(jobs));
});

test('the index of an array comes from the environment', () => {
  expect(arrayRole({})).toEqual({ kind: 'last' });
  expect(arrayRole({ WTILDE_ARRAY_INDEX: '2', WTILDE_ARRAY_COUNT: '3' })).toEqual({ kind: 'part', index: 2, count: 3 });
  const slurm = { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_MIN: '3', SLURM_ARRAY_TASK_COUNT: '1' };
  // One index of ten runs again.
  expect(arrayRole({ ...slurm, WTILDE_ARRAY_COUNT: '10' })).toEqual({ kind: 'part', index: 3, count: 10 });
  for (const env of [{ JOB_COMPLETION_INDEX: '1' }, { WTILDE_ARRAY_INDEX: '3', WTILDE_ARRAY_COUNT: '3' }]) {
    expect(() => arrayRole(env)).toThrow(/^executor array: index and count of the array make no sense/);
  }
});

test.each([
  '',
  'thread',
  'threads:0',
  'threads:x',
  'inline:1',
  'array:',
  'bullmq',
  'bullmq:localhost',
  'bullmq:redis://h/x',
])('%j is refused', async (text) => {
  await expect(createExecutor(text, options)).rejects.toMatchObject({ code: 'InvalidOption', where: 'executor' });
});

test('a password is not shown', async () => {
  await expect(createExecutor('bullmq:http://me:secret@host', options)).rejects.toThrow(/^executor: .*me:\*\*\*@host/);
});

test('a module that is no task is refused', async () => {
  const how = { ...options, tasks: { squares: new URL('./squares.ts', import.meta.url) } };
  const executor = await createExecutor('inline', how);
  await expect(executor.start(squaresWork())).rejects.toThrow(/^task squares: .*exports no function open/);
});

test('a task that nobody knows is refused', async () => {
  const work = { ...squaresWork(), task: 'cubes' };
  for (const name of ['inline', 'threads:1']) {
    await expect(withCrew(name, (crew) => crew.map([]), options, work)).rejects.toThrow(
      /^task: .*expected one of squares, got cubes/,
    );
  }
});
