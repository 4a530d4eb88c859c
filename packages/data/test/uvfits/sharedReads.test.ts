import { describe, expect, test } from 'vitest';
import { openUvfits, type SharedReader, sharedReads, type Uvfits, writeRandomGroups } from '../../src/index.js';

/** Groups of 400 kB, so that a piece of 2 MB holds five: four pieces. */
const [groups, channels] = [18, 33_000];
const bytes = writeRandomGroups({
  parameters: ['UU', 'VV', 'WW', 'BASELINE', 'DATE', 'DATE'].map((type) => ({ type })),
  axes: [
    { type: 'COMPLEX', extent: 3 },
    { type: 'FREQ', extent: channels, value: 1e11, step: 1e6 },
  ],
  values: Float64Array.from({ length: groups * (6 + 3 * channels) }, (_, at) => {
    const place = at % (6 + 3 * channels);
    return place < 6 ? [1e-6, 2e-6, 0, 258, 2457000.5, at / 1e9][place] : place % 3 === 2 ? 1 : (at % 1009) / 64;
  }),
});

async function open() {
  let fetched = 0;
  let passes = 0;
  let failAt = Number.POSITIVE_INFINITY;
  const source = {
    async open() {
      passes += 1;
      return {
        size: bytes.length,
        fetch: async (at: number, count: number) => bytes.subarray(at, Math.min(at + count, bytes.length)),
        async fetchAll(at: number, count: number) {
          fetched += 1;
          if (fetched >= failAt) throw new Error('the disk is gone');
          return bytes.subarray(at, at + count);
        },
        async close() {},
      };
    },
  };
  const file = await openUvfits(source);
  const before = passes;
  return {
    file,
    failAt: (piece: number) => {
      failAt = fetched + piece;
    },
    passes: () => passes - before,
  };
}

/** The first number of every group, piece by piece. */
async function seen(file: Uvfits, stopAfter = Number.POSITIVE_INFINITY): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { first, count, re } of file.read()) {
    // Later than the others, at times.
    if (first % 2 === 1) await new Promise((resolve) => setTimeout(resolve));
    for (let group = 0; group < count; group++) found.push(re[group * channels]);
    if (found.length >= stopAfter) break;
  }
  return found;
}

const leaving = async <T>({ uvfits, leave }: SharedReader, work: (file: Uvfits) => Promise<T>) =>
  await work(uvfits).finally(leave);

describe('a file that several read together', () => {
  test('is read once in every pass, and all see all of it', async () => {
    const { file, passes } = await open();
    const expected = await seen(file);
    expect(expected).toHaveLength(groups);
    const twice = async (each: Uvfits) => [await seen(each), await seen(each)];
    const found = await Promise.all(sharedReads(file, 4).map((reader) => leaving(reader, twice)));
    expect(found).toEqual(Array.from({ length: 4 }, () => [expected, expected]));
    expect(passes()).toBe(3);
  });

  test('goes on for the others when one stops, stays away, fails or comes again', async () => {
    const { file, passes } = await open();
    const expected = await seen(file);
    const [a, b, c, d] = sharedReads(file, 4);
    const results = await Promise.allSettled([
      leaving(a, async (each) => [await seen(each), await seen(each)]),
      leaving(b, async (each) => [await seen(each, 1), await seen(each)]),
      leaving(c, async () => await Promise.reject(new Error('no use for it'))),
      leaving(d, async (each) => await seen(each, 6)),
    ]);
    const [first, second, third, fourth] = results.map((each) => ('value' in each ? each.value : each.reason.message));
    expect(first).toEqual([expected, expected]);
    expect(second).toEqual([expected.slice(0, second[0].length), expected]);
    expect(second[0].length).toBeLessThan(groups);
    expect(third).toBe('no use for it');
    expect(fourth.length).toBeLessThan(groups);
    expect(passes()).toBe(3);
  });

  test('fails for all when it fails', async () => {
    const { file, failAt } = await open();
    const readers = sharedReads(file, 3);
    failAt(2);
    const results = await Promise.allSettled(readers.map((reader) => leaving(reader, seen)));
    for (const each of results)
      expect(each).toMatchObject({ status: 'rejected', reason: { message: 'the disk is gone' } });
  });
});
