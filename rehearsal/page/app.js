/** A page of a user: the same kernel on the processor and on the GPU. */
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWebgpuBackend } from '@wtilde/backend-webgpu';
import { real } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';

const args = {
  gridSize: 5,
  pixelScale: 0.1,
  noiseMapReal: real([1, 2, 0.5]),
  uvWavelengths: real([3e4, -1e4, 2e6, 5e5, -7e5, 4e5], [3, 2]),
};

async function run() {
  const dispatcher = createDispatcher({ backends: [createLoopsBackend(), await createWebgpuBackend()] });
  const results = {};
  for (const backend of ['loops', 'webgpu']) {
    const { data } = await dispatcher.wCompactCurvatureInterferometerFrom(args, { backend });
    results[backend] = [...data];
  }
  return results;
}

run().then(
  (result) => Object.assign(globalThis, { result }),
  (error) => Object.assign(globalThis, { result: { error: String(error) } }),
);
