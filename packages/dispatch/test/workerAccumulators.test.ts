import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type AccumulatorSpec,
  type AsyncBackend,
  type AsyncVisibilityAccumulator,
  accumulate,
  complex,
  real,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { afterEach, describe, expect, test } from 'vitest';
import { createWorkerPool, serveBackend } from '../src/worker.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { normal, seeded } from './support/random.js';
import { makeScene } from './support/scene.js';
import { closeAll, newChannel, pair, typesOf } from './support/workers.js';

afterEach(closeAll);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const { baselines, evidence } = makeScene(3);
const spec: AccumulatorSpec = {
  gridSize: baselines.gridSize,
  pixelScale: baselines.pixelScale,
  nativeIndexForSlimIndex: evidence.nativeIndexForSlimIndex,
  gridRadiansSlim: real(
    [...evidence.nativeIndexForSlimIndex.data].map((at, i) => (i % 2 === 0 ? -1 : 1) * (at - 3.5) * 4.85e-7),
    evidence.nativeIndexForSlimIndex.shape,
  ),
  tolerance: 1e-10,
};

function chunkOf(seed: number, count: number): VisibilityChunk {
  const gauss = normal(seeded(seed));
  const numbers = (make: () => number) => Float64Array.from({ length: 2 * count }, make);
  return {
    data: complex(numbers(gauss)),
    noiseMap: complex(numbers(() => 1 + Math.abs(gauss()))),
    uvWavelengths: real(
      numbers(() => 1e5 * gauss()),
      [count, 2],
    ),
  };
}

const chunks = [chunkOf(1, 40), chunkOf(2, 1), chunkOf(3, 0), chunkOf(4, 25)];

function create({ createAccumulator }: AsyncBackend): AsyncVisibilityAccumulator {
  if (createAccumulator === undefined) throw new Error('there are no accumulators');
  return createAccumulator(spec);
}

async function pool(size: number): Promise<AsyncBackend> {
  const ports = Array.from({ length: size }, () => {
    const { port1, port2 } = newChannel();
    serveBackend(createLoopsBackend(), port2);
    return port1;
  });
  return await createWorkerPool(ports);
}

/** What one pass without a worker gives. */
async function inOnePass() {
  const accumulator = createLoopsBackend().createAccumulator?.(spec);
  if (accumulator === undefined) throw new Error('backend-loops has accumulators');
  return await accumulate(accumulator, chunks);
}

describe('accumulators in a worker', () => {
  test.each([1, 3])('give the bits of one pass without it, merged too: %i workers', async (size) => {
    const backend = await pool(size);
    const expected = await inOnePass();
    expect(await accumulate(create(backend), chunks)).toEqual(expected);
    const [first, ...others] = await Promise.all(
      chunks.map(async (chunk) => {
        const part = create(backend);
        await part.add(chunk);
        return part;
      }),
    );
    for (const other of others) await first.merge(other);
    expect(await first.finish()).toEqual(expected);
    // More may follow.
    await first.add(chunks[0]);
    expect((await first.finish()).visibilityCount).toBe(106);
  });

  test('report progress between chunks, and are aborted there', async () => {
    const { remote } = await pair(createLoopsBackend());
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = (visibilities: number) => {
      seen.push(visibilities);
      if (seen.length === 2) controller.abort();
    };
    const aborted = accumulate(create(remote), chunks, { signal: controller.signal, onProgress });
    await rejectionOf(aborted, 'Aborted');
    expect(seen).toEqual([40, 41]);
  });

  test('are refused what makes no sense: the spec at once, a chunk before it is sent', async () => {
    const { remote, sent } = await pair(createLoopsBackend());
    errorOf(() => remote.createAccumulator?.({ ...spec, gridSize: 2.5 }), 'InvalidValue');
    const accumulator = create(remote);
    const before = sent.length;
    await rejectionOf(accumulator.add({ ...chunks[0], data: complex([1, 2]) }), 'ShapeMismatch');
    expect(sent.length).toBe(before);
    // Values are looked at by the backend: those of flagged visibilities mean nothing.
    const noNumber = complex(chunks[1].data.data.map(() => Number.NaN));
    await rejectionOf(accumulator.add({ ...chunks[1], data: noNumber }), 'InvalidValue');
    expect(await accumulator.finish()).toMatchObject({ visibilityCount: 0, flaggedCount: 0 });
  });

  test('merge with their like only', async () => {
    const { remote } = await pair(createLoopsBackend());
    const { remote: another } = await pair(createLoopsBackend());
    for (const other of [create(another), { ...create(remote) }]) {
      const error = await rejectionOf(create(remote).merge(other), 'InvalidValue');
      expect(error.where).toBe('accumulator.merge');
    }
  });

  test('are freed in the worker once the page has let go of them', async () => {
    const { remote, sent } = await pair(createLoopsBackend());
    const kept = create(remote);
    for (let i = 0; i < 3; i++) await create(remote).add(chunks[1]);
    const forgotten = () => {
      collectGarbage();
      return typesOf(sent).filter((type) => type === 'forget').length;
    };
    await expect.poll(forgotten).toBe(3);
    await kept.add(chunks[0]);
    expect((await kept.finish()).visibilityCount).toBe(40);
  });

  test('end with their backend', async () => {
    const { remote } = await pair(createLoopsBackend());
    const accumulator = create(remote);
    const adding = accumulator.add(chunks[0]);
    remote.dispose?.();
    await rejectionOf(adding, 'Disposed');
    await rejectionOf(accumulator.finish(), 'Disposed');
    errorOf(() => create(remote), 'Disposed');
  });

  test('are not there where the backend has none', async () => {
    const { remote } = await pair(createReferenceBackend());
    expect(remote.createAccumulator).toBeUndefined();
  });

  test('that could not be made there say so', async () => {
    const createAccumulator = () => {
      throw new RangeError('out of memory');
    };
    const { remote } = await pair({ ...createLoopsBackend(), createAccumulator });
    await expect(create(remote).add(chunks[0])).rejects.toThrow('out of memory');
  });
});
