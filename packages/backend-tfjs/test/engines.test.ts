import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
const core = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core');

/** A folder in which somebody has installed a stand-in for @tensorflow/tfjs-node; returns a file to look it up from. */
function installed(main: string, binding = true): string {
  const folder = mkdtempSync(join(tmpdir(), 'wtilde-tfjs-'));
  folders.push(folder);
  const root = join(folder, 'node_modules/@tensorflow/tfjs-node');
  mkdirSync(join(root, 'lib/napi-v8'), { recursive: true });
  writeFileSync(
    join(root, 'package.json'),
    '{ "name": "@tensorflow/tfjs-node", "version": "4.22.0", "main": "index.js" }',
  );
  writeFileSync(join(root, 'index.js'), main);
  if (binding) writeFileSync(join(root, 'lib/napi-v8/tfjs_binding.node'), '');
  return join(folder, 'app.js');
}

/** The plain kernels of tfjs-backend-cpu under the name of the native backend; `change` may spoil its product. */
const standIn = (change: string) => `
const tf = require(${JSON.stringify(core)});
const cpu = tf.findBackendFactory('cpu')();
cpu.firstUse = false;
tf.registerBackend('tensorflow', () => cpu, 3);
for (const kernel of tf.getKernelsForBackend('cpu')) {
  tf.registerKernel({ ...kernel, backendName: 'tensorflow', ${change} });
}
tf.setBackend('tensorflow');
module.exports = tf;`;

const spoiled = (body: string) =>
  `kernelFunc: kernel.kernelName === 'BatchMatMul' ? (args) => { ${body} } : kernel.kernelFunc`;

async function refusal(resolveFrom: string | undefined, patchNodeUtil?: boolean) {
  const failing = createTfjsBackend({ engine: 'tensorflow', resolveFrom, patchNodeUtil });
  return await failing.then(
    () => 'it was taken',
    (error: unknown) => error,
  );
}

describe('@tensorflow/tfjs-node', () => {
  test('absent', async () => {
    const nowhere = join(mkdtempSync(join(tmpdir(), 'wtilde-tfjs-')), 'app.js');
    expect(await refusal(nowhere)).toMatchObject({
      code: 'BackendUnavailable',
      actual: expect.stringContaining('not installed'),
      remedy: expect.stringContaining('npm install @tensorflow/tfjs-node@4.22.0'),
    });
  });

  test('without its native addon: not even imported', async () => {
    const error = await refusal(installed('throw new Error("imported")', false));
    expect(error).toMatchObject({
      actual: expect.stringContaining('without its native addon'),
      remedy: expect.stringContaining('npm rebuild'),
    });
  });

  test('an addon that does not load', async () => {
    const main = `throw Object.assign(new Error('libtensorflow.so.2: cannot open'), { code: 'ERR_DLOPEN_FAILED' })`;
    expect(await refusal(installed(main))).toMatchObject({
      actual: expect.stringContaining('libtensorflow.so.2'),
      remedy: expect.stringContaining('fits this machine'),
    });
  });

  test('a broken install', async () => {
    expect(await refusal(installed('require("nothing-of-the-kind")'))).toMatchObject({
      actual: expect.stringContaining('nothing-of-the-kind'),
      remedy: expect.stringContaining('again'),
    });
  });

  test('on a Node that it does not know', async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    const main = standIn(spoiled(`throw new TypeError('(0 , util_1.isNullOrUndefined) is not a function')`));
    expect(await refusal(installed(main))).toMatchObject({
      actual: expect.stringContaining('isNullOrUndefined'),
      remedy: expect.stringContaining('patchNodeUtil'),
    });
  });

  test('wrong results', async () => {
    const main = standIn(
      spoiled(
        'const product = kernel.kernelFunc(args); args.backend.data.get(product.dataId).values[7] += 1; return product;',
      ),
    );
    expect(await refusal(installed(main))).toMatchObject({ actual: expect.stringContaining('off by') });
  });

  test('working: taken first, and the application keeps its own backend', async () => {
    await tf.setBackend('cpu');
    const backend = await createTfjsBackend({ resolveFrom: installed(standIn('')) });
    expect(backend.info).toMatchObject({ engine: 'tensorflow', attempts: [{ engine: 'tensorflow', ok: true }] });
    expect(tf.getBackend()).toBe('cpu');
    backend.dispose?.();
    expect(tf.findBackend('tensorflow')).not.toBeNull();
  });
});

test('auto falls to wasm, and says why', async () => {
  const nowhere = join(mkdtempSync(join(tmpdir(), 'wtilde-tfjs-')), 'app.js');
  const backend = await createTfjsBackend({ resolveFrom: nowhere });
  expect(backend.info).toMatchObject({
    engine: 'wasm',
    attempts: [
      { engine: 'tensorflow', ok: false, reason: 'not-installed' },
      { engine: 'wasm', ok: true },
    ],
  });
  expect(backend.info.summary).toContain('engine wasm');
  backend.dispose?.();
});

test.each(['webgl', 'webgpu'] as const)('%s, which nobody has imported', async (engine) => {
  await expect(createTfjsBackend({ engine })).rejects.toMatchObject({
    code: 'BackendUnavailable',
    remedy: expect.stringContaining(`@tensorflow/tfjs-backend-${engine}@4.22.0`),
  });
});
