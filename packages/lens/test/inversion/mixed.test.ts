import { createLoopsBackend } from '@wtilde/backend-loops';
import {
  defineAsyncBackend,
  defineSyncBackend,
  type Handle,
  isHandle,
  type KernelDeviceArgs,
  type NdArray,
  real,
} from '@wtilde/core-types';
import { beforeAll, expect, test } from 'vitest';
import { createInversion } from '../../src/index.js';
import { how, type Observed, observe } from './scene.js';

const loops = createLoopsBackend();

function rounded(array: NdArray<'real'>): NdArray<'real'> {
  return real(array.data.map(Math.fround), array.shape);
}

/** F and T^t X of the loops, rounded to float32. */
const float32 = defineSyncBackend({
  id: 'float32',
  precision: 'float32',
  info: { summary: 'loops, rounded', deviceMemory: false },
  implementations: {
    curvatureMatrixViaWCompactSparseMappingMatrixFrom: {
      methods: {
        rounded: {
          cost: () => ({ flops: 1, bytes: 1 }),
          run: (args) => rounded(loops.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom(args)),
        },
      },
    },
    sparseMappingMatrixTransposeMatmul: {
      methods: {
        rounded: {
          cost: () => ({ flops: 1, bytes: 1 }),
          run: (args) => rounded(loops.kernels.sparseMappingMatrixTransposeMatmul(args)),
        },
      },
    },
    evidenceDerivativesByMappingViaWCompactFrom: {
      methods: {
        rounded: {
          cost: () => ({ flops: 1, bytes: 1 }),
          run(args) {
            const found = loops.kernels.evidenceDerivativesByMappingViaWCompactFrom({
              ...args,
              curvatureRegMatrixInverse: rounded(args.curvatureRegMatrixInverse),
            });
            return {
              logEvidenceByMapping: rounded(found.logEvidenceByMapping),
              chiSquaredByMapping: rounded(found.chiSquaredByMapping),
              logDetCurvatureRegMatrixByMapping: rounded(found.logDetCurvatureRegMatrixByMapping),
            };
          },
        },
      },
    },
  },
});

/** The same, but F only of small meshes, and not before the gate is open. */
function gated(gate: Promise<void>, most: number) {
  return defineAsyncBackend({
    id: 'gated',
    precision: 'float32',
    info: { summary: 'loops, rounded, when they may', deviceMemory: false },
    implementations: {
      curvatureMatrixViaWCompactSparseMappingMatrixFrom: {
        methods: {
          rounded: {
            cost: () => ({ flops: 1, bytes: 1 }),
            canRun: ({ S }) => S <= most || 'the mesh is too large',
            async run(args) {
              await gate;
              return rounded(await float32Curvature(args));
            },
          },
        },
      },
    },
  });
}

async function float32Curvature(
  args: KernelDeviceArgs<'curvatureMatrixViaWCompactSparseMappingMatrixFrom'>,
): Promise<NdArray<'real'>> {
  const { wCompact, nativeIndexForSlimIndex, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex, pixels } = args;
  return loops.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom({
    wCompact: await onHost(wCompact),
    nativeIndexForSlimIndex: await onHost(nativeIndexForSlimIndex),
    pixIndexesForSubSlimIndex: await onHost(pixIndexesForSubSlimIndex),
    pixWeightsForSubSlimIndex: await onHost(pixWeightsForSubSlimIndex),
    pixels,
  });
}

async function onHost<D extends 'real' | 'index'>(array: NdArray<D> | Handle<D>): Promise<NdArray<D>> {
  return isHandle(array) ? await array.toHost() : array;
}

let observed: Observed;
beforeAll(async () => {
  observed = await observe();
});

test('with F and D in float32 the estimate covers the error, and events say where each part ran', async () => {
  const { mask, visibilities, lens } = observed;
  const exact = await createInversion(visibilities, { mask, backends: [loops] });
  const mixed = await createInversion(visibilities, { mask, backends: [float32, loops], fallback: ['loops'] });
  const [expected, found] = [await exact.evidence({ lens, ...how }), await mixed.evidence({ lens, ...how })];
  expect(expected.errorEstimate).toBeUndefined();
  const error = Math.abs(found.logEvidence - expected.logEvidence);
  expect(error).toBeGreaterThan(1e-7);
  expect(found.errorEstimate?.error).toBeGreaterThan(error);
  expect(found.errorEstimate?.error).toBeLessThan(100 * error);
  expect(found.ran.map((event) => 'backend' in event && event.backend)).toEqual([
    'float32',
    'float32',
    'loops',
    'loops',
    'loops',
  ]);
});

test('with W T by the inverse in float32 too, every derivative says how far it may be off, and what ran where', async () => {
  const { mask, visibilities, lens } = observed;
  const exact = await createInversion(visibilities, { mask, backends: [loops] });
  const mixed = await createInversion(visibilities, { mask, backends: [float32, loops], fallback: ['loops'] });
  const model = { lens, ...how };
  const [expected, found] = [await exact.evidenceAndGradient(model), await mixed.evidenceAndGradient(model)];
  expect(expected.gradientErrors).toBeUndefined();
  expect(expected.ran.map((event) => 'backend' in event && event.backend)).toEqual(['loops']);
  expect(found.ran.map((event) => 'backend' in event && event.backend)).toEqual([
    'float32',
    'float32',
    'loops',
    'float32',
  ]);
  expect(found.errorEstimate?.error).toBeGreaterThan(Math.abs(found.logEvidence - expected.logEvidence));
  const errors = Object.entries(found.gradientErrors ?? {});
  const largest = Math.max(...Object.values(expected.gradient).map(Math.abs));
  expect(errors.map(([path]) => path)).toEqual(Object.keys(expected.gradient));
  for (const [path, error] of errors) {
    const off = Math.abs(found.gradient[path] - expected.gradient[path]);
    expect(off, path).toBeGreaterThan(0);
    expect(error, path).toBeGreaterThan(off);
    expect(off, path).toBeLessThan(2e-4 * largest);
    expect(error, path).toBeLessThan(2e-2 * largest);
  }
});

test('evaluations that overlap share nothing: neither what ran them nor the estimate of their error', async () => {
  const { mask, visibilities, lens } = observed;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const inversion = await createInversion(visibilities, {
    mask,
    backends: [gated(gate, 30), loops],
    fallback: ['loops'],
  });
  const meshOf = (side: number) => ({
    lens,
    mesh: { type: 'rectangular', shape: [side, side] } as const,
    regularization: { type: 'constant', coefficient: 3 } as const,
  });
  const small = inversion.evidence(meshOf(5));
  const large = await inversion.evidence(meshOf(7));
  open();
  const [first, again] = [await small, await inversion.evidence(meshOf(5))];
  const backends = ({ ran }: typeof large) => ran.map((event) => 'backend' in event && event.backend);
  expect(backends(large)).toEqual(['loops', 'loops', 'loops', 'loops', 'loops']);
  expect(large.errorEstimate).toBeUndefined();
  expect(backends(first)).toEqual(['gated', 'loops', 'loops', 'loops', 'loops']);
  expect(first.errorEstimate?.error).toBeGreaterThan(0);
  expect(first.ms.curvatureMatrix).toBeGreaterThanOrEqual(0);
  expect([first.logEvidence, first.errorEstimate, first.ran]).toEqual([
    again.logEvidence,
    again.errorEstimate,
    again.ran,
  ]);
  inversion.dispose();
  await expect(inversion.evidence(meshOf(5))).rejects.toMatchObject({ code: 'Disposed' });
});
