// What a dispatched call costs beyond the direct one: node packages/dispatch/scripts/overhead.ts, after npm run build.
import { createReferenceBackend } from '@wtilde/backend-reference';
import { real } from '@wtilde/core-types';
import { createDispatcher, createSyncDispatcher } from '@wtilde/dispatch';

const backend = createReferenceBackend();
const args = { mappingMatrix: real([1, 0.5, 0, 0.5], [2, 2]), dirtyImage: real([3, 4]) };
const options = { check: 'shapes' } as const;
const { mappingMatrix, dirtyImage } = args;

const d = createSyncDispatcher({ backends: [backend] });
const heard = createSyncDispatcher({ backends: [backend], onEvent: () => {} });
const later = createDispatcher({ backends: [backend] });
const direct = backend.kernels.dataVectorFrom;
const directBound = direct.bind({ mappingMatrix });
const bound = d.dataVectorFrom.bind({ mappingMatrix });

const cases: Readonly<Record<string, () => unknown>> = {
  direct: () => direct(args, options),
  dispatched: () => d.dataVectorFrom(args, options),
  'dispatched to a backend by name': () => d.dataVectorFrom(args, { ...options, backend: 'reference' }),
  'dispatched, with a listener': () => heard.dataVectorFrom(args, options),
  'direct, bound': () => directBound({ dirtyImage }, options),
  'dispatched, bound': () => bound({ dirtyImage }, options),
  'direct, awaited': async () => await direct(args, options),
  'dispatched with a promise': () => later.dataVectorFrom(args, options),
};

/** Microseconds per call, the least of many interleaved rounds: what is left is not the machine's noise. */
const best = new Map<string, number>();
const calls = 20_000;
for (let round = 0; round < 25; round++) {
  for (const [name, run] of Object.entries(cases)) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) run();
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (1000 * (performance.now() - start)) / calls));
    // Lets promises settle outside the time that is measured.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

for (const [name, time] of best) console.log(`${name.padEnd(34)} ${time.toFixed(3)} us`);
const [plain = 0, dispatched = 0] = ['direct', 'dispatched'].map((name) => best.get(name) ?? 0);
console.log(`overhead of dispatch: ${(dispatched - plain).toFixed(3)} us`);
