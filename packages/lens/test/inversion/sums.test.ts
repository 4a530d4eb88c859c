import { createLoopsBackend } from '@wtilde/backend-loops';
import { complex, index, type PreparedVisibilities, real, type VisibilityChunk } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import { describe, expect, test } from 'vitest';
import {
  addSums,
  chunksInLeaf,
  type DatasetSums,
  type GainErrors,
  prepareDataset,
  preparedFields,
  preparedOfSums,
  sumsFields,
  sumsFrom,
  sumVisibilities,
} from '../../src/index.js';
import { observe } from './scene.js';

const dispatcher = createDispatcher({ backends: [createLoopsBackend()] });
const { mask, visibilities } = await observe(0.3, 600);
const count = visibilities.data.shape[0];

/** Chunks of 17 visibilities: 36 of them, so five leaves, the last not full. */
const size = 17;
const chunks: readonly VisibilityChunk[] = Array.from({ length: Math.ceil(count / size) }, (_, i) => {
  const [from, to] = [2 * i * size, 2 * Math.min(count, (i + 1) * size)];
  return {
    data: complex(visibilities.data.data.slice(from, to)),
    noiseMap: complex(visibilities.noiseMap.data.slice(from, to)),
    uvWavelengths: real(visibilities.uvWavelengths.data.slice(from, to), [(to - from) / 2, 2]),
  };
});
const options = { mask, dispatcher, expectedVisibilities: count };

/** The same with antennas and times; the third antenna comes late, the first goes. */
const gainErrors: GainErrors = { phase: 0.3, amplitude: 0.1, interval: 100 };
const told = chunks.map((chunk, i) => {
  const length = chunk.data.shape[0];
  const pairs = Array.from({ length }, (_, k) => (i < 12 ? [1 + (k % 2), 3] : [2, 4 + (k % 3)])).flat();
  const times = Float64Array.from({ length }, (_, k) => 5e9 + 10 * i + k / 10);
  return { ...chunk, antennas: index(pairs, [length, 2]), times: real(times) };
});

async function inParts(length: number, send = (sums: DatasetSums) => sums): Promise<DatasetSums> {
  const parts: DatasetSums[] = [];
  for (let first = 0; first < chunks.length; first += length) {
    parts.push(send(await sumVisibilities(chunks.slice(first, first + length), { ...options, first: first * size })));
  }
  while (parts.length > 1) {
    // The tree, level by level.
    const pairs = Array.from({ length: Math.ceil(parts.length / 2) }, (_, i) => parts.slice(2 * i, 2 * i + 2));
    parts.splice(0, parts.length, ...pairs.map(([a, b]) => (b === undefined ? a : addSums(a, b))));
  }
  return parts[0];
}

describe('parts of a dataset', () => {
  test.each([1, 2, 4, 8])('of %d leaves give the whole, bit for bit', async (leaves) => {
    const whole = await prepareDataset({ chunks, expectedVisibilities: count }, { mask, dispatcher });
    const sums = await inParts(leaves * chunksInLeaf);
    expect(preparedFields(await preparedOfSums(sums, { mask, dispatcher }))).toEqual(preparedFields(whole));
  });

  test('that are no nodes of the tree give other last digits: the tree is what makes bits equal', async () => {
    const whole = await inParts(chunksInLeaf);
    const others = await inParts(3);
    expect(others.sums.wCompact.data).not.toEqual(whole.sums.wCompact.data);
    const largest = Math.max(...whole.sums.wCompact.data.map(Math.abs));
    const apart = others.sums.wCompact.data.map((x, i) => Math.abs(x - whole.sums.wCompact.data[i]));
    expect(Math.max(...apart)).toBeLessThan(1e-12 * largest);
  });

  test('travel as arrays without loss', async () => {
    const sent = await inParts(chunksInLeaf, (sums) => sumsFrom(sumsFields(sums), mask));
    const plain = await inParts(chunksInLeaf);
    const fields = async (sums: DatasetSums) => preparedFields(await preparedOfSums(sums, { mask, dispatcher }));
    expect(await fields(sent)).toEqual(await fields(plain));
  });

  test('have sums by antennas, whose tree is the same', async () => {
    const whole = await prepareDataset({ chunks: told, expectedVisibilities: count }, { mask, dispatcher, gainErrors });
    const begin = told[0].times.data[0];
    const parts: DatasetSums[] = [];
    for (let first = 0; first < told.length; first += chunksInLeaf) {
      const how = { ...options, gainErrors, begin, first: first * size };
      const part = await sumVisibilities(told.slice(first, first + chunksInLeaf), how);
      parts.push(sumsFrom(sumsFields(part), mask));
    }
    const [a, b, c, d, e] = parts;
    const summed = addSums(addSums(addSums(a, b), addSums(c, d)), e);
    const found = await preparedOfSums(summed, { mask, dispatcher, gainErrors });
    expect(preparedFields(found)).toEqual(preparedFields(whole));
    expect(found.gains?.antennas.data.length).toBeGreaterThan(20);
    const lost = { code: 'MissingArgument', where: 'preparedOfSums gainErrors' };
    await expect(preparedOfSums(summed, { mask, dispatcher })).rejects.toMatchObject(lost);
  });

  test('may have no weight, but the whole must have some', async () => {
    const flagged = chunks.slice(0, 2).map((chunk) => ({
      ...chunk,
      noiseMap: complex(chunk.noiseMap.data.map(() => Number.POSITIVE_INFINITY)),
    }));
    const none = await sumVisibilities(flagged, options);
    const { visibilityCount, flaggedCount }: PreparedVisibilities = none.sums;
    expect([visibilityCount, flaggedCount]).toEqual([0, 2 * size]);
    await expect(preparedOfSums(none, { mask, dispatcher })).rejects.toThrow(/no visibility has a weight/);
    const some = await sumVisibilities(chunks.slice(2, 3), options);
    expect(addSums(none, some).baselines).toEqual(some.baselines);
    expect(sumsFrom(sumsFields(none), mask).baselines).toEqual(none.baselines);
  });

  test('name a visibility by its index in the whole', async () => {
    const bad = { ...chunks[0], data: complex(chunks[0].data.data.map(() => Number.NaN)) };
    await expect(sumVisibilities([chunks[0], bad], { ...options, first: 100 })).rejects.toThrow(/117/);
  });

  test('stop by their signal', async () => {
    const signal = AbortSignal.abort();
    await expect(sumVisibilities(chunks, { ...options, signal })).rejects.toMatchObject({ code: 'Aborted' });
  });
});
