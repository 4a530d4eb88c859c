import { Worker } from 'node:worker_threads';
import { benchmarkSuite, defaultDatasets } from '@wtilde/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { serve } from '../src/engine/worker.js';
import { workerProgram } from '../src/generated/workerProgram.js';
import { createWasmBackend } from '../src/index.js';
import { backendAndEngine, system } from './fixtures.js';

const { backend: alone } = await backendAndEngine();
const { backend: two } = await backendAndEngine({ threads: 2, leastSharedWork: 0 });
const { backend: three } = await backendAndEngine({ threads: 3, leastSharedWork: 0 });
afterAll(() => {
  for (const backend of [alone, two, three]) backend.dispose?.();
});

describe('one, two and three threads give the same bits', () => {
  const datasets = defaultDatasets();
  const [one, ...others] = [alone, two, three].map((backend) => benchmarkSuite({ backend, datasets, inputs: alone }));
  it.each(one.map(({ name }, at) => ({ name, at })))('$name', ({ at }) => {
    const expected = one[at].run();
    for (const cases of others) expect(cases[at].run()).toStrictEqual(expected);
  });

  it('a Cholesky factorization of many panels', () => {
    const args = system(500);
    const expected = alone.kernels.reconstructionPositiveNegativeFrom(args);
    for (let again = 0; again < 20; again++) {
      for (const backend of [two, three]) {
        expect(backend.kernels.reconstructionPositiveNegativeFrom(args)).toStrictEqual(expected);
      }
    }
  });
});

describe('threads', () => {
  it('are said in info', async () => {
    expect(two.info).toMatchObject({ threads: 2 });
    expect(alone.info).toMatchObject({ threads: 1 });
    const backend = await createWasmBackend();
    expect(backend.info.threads).toBeGreaterThanOrEqual(1);
    backend.dispose?.();
  });

  it.each([0, -1, 1.5, Number.NaN, 65])('are not %s', async (threads) => {
    await expect(createWasmBackend({ threads })).rejects.toMatchObject({ code: 'InvalidOption' });
  });

  it('end with dispose', async () => {
    const { backend, engine } = await backendAndEngine({ threads: 2 });
    expect(engine.threads).toBe(2);
    backend.dispose?.();
    expect(() => backend.kernels.reconstructionPositiveNegativeFrom(system(3))).toThrow(
      expect.objectContaining({ code: 'Disposed' }),
    );
  });
});

describe('the program of a worker', () => {
  it('is that of worker.ts', () => {
    expect(workerProgram).toContain(`function ${serve.name}(`);
  });

  it('is a program on its own', async () => {
    const worker = new Worker(`${workerProgram}\nif (typeof serve !== 'function') throw new Error();`, { eval: true });
    const code = await new Promise((resolve) => worker.once('exit', resolve));
    expect(code).toBe(0);
  });
});
