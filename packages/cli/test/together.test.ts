import { WtildeError } from '@wtilde/core-types';
import type { Crew, Outcome } from '@wtilde/executor';
import { afterEach, expect, test, vi } from 'vitest';
import { createTogether } from '../src/executing/together.js';

afterEach(() => vi.restoreAllMocks());

/** Squares of the numbers of a job; a job with this number in it comes to that error. */
function crewThat(fails: number, code: 'DeviceFailure' | 'InvalidContract') {
  const jobs: (readonly number[])[] = [];
  const crew: Crew = {
    hash: '',
    close: async () => {},
    async map(all, { onOutcome } = {}) {
      const outcomes = all.map((bytes): Outcome => {
        const numbers = [...bytes];
        jobs.push(numbers);
        if (numbers.includes(fails)) {
          return { failure: new WtildeError(code, { what: 'no', where: 'here', remedy: 'none' }) };
        }
        return { result: Uint8Array.from(numbers, (x) => x * x) };
      });
      outcomes.forEach((outcome, i) => {
        onOutcome?.(outcome, i);
      });
      return outcomes;
    },
  };
  return { crew, jobs };
}

const packing = {
  bytesOf: (items: readonly number[]) => Uint8Array.from(items),
  resultsOf: (bytes: Uint8Array): readonly (number | string)[] => [...bytes],
  without: ({ code }: WtildeError): number | string => code,
};
const items = [1, 2, 3, 4, 5, 6, 7, 8];
const squares = items.map((x) => x * x);

test('items go together once it is known how long they take, no fewer jobs than there are workers', async () => {
  // Nothing takes any time: as many go together as may.
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const { crew, jobs } = crewThat(0, 'DeviceFailure');
  const together = createTogether({ what: 'this', crew, width: 2, remote: true });
  const told: number[] = [];
  expect(await together.map(items, packing)).toEqual(squares);
  expect(jobs).toHaveLength(8);
  expect(await together.map(items, packing, { onResult: (_, at) => told.push(at) })).toEqual(squares);
  expect(jobs.slice(8)).toEqual([items.slice(0, 4), items.slice(4)]);
  expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await together.map([], packing)).toEqual([]);

  const near = crewThat(0, 'DeviceFailure');
  const one = createTogether({ what: 'this', crew: near.crew, width: 2, remote: false });
  for (const _ of [1, 2]) expect(await one.map(items, packing)).toEqual(squares);
  expect(near.jobs).toHaveLength(16);
});

test('a job that no worker survives: each of its items is tried for itself', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const { crew, jobs } = crewThat(3, 'DeviceFailure');
  const together = createTogether({ what: 'this', crew, width: 2, remote: true });
  const expected = squares.with(2, 0).map((square) => (square === 0 ? 'DeviceFailure' : square));
  expect(await together.map(items, packing)).toEqual(expected);
  jobs.length = 0;
  expect(await together.map(items, packing)).toEqual(expected);
  expect(jobs).toEqual([items.slice(0, 4), items.slice(4), [1], [2], [3], [4]]);
});

test('what is wrong with the work ends it', async () => {
  const { crew } = crewThat(3, 'InvalidContract');
  const together = createTogether({ what: 'this', crew, width: 2, remote: true });
  await expect(together.map(items, packing)).rejects.toMatchObject({
    code: 'InvalidContract',
  });
  const part: Crew = { ...crew, map: async () => undefined };
  const parts = createTogether({ what: 'this', crew: part, width: 1, remote: false });
  await expect(parts.map(items, packing)).rejects.toThrow(/this cannot be made in parts/);
});
