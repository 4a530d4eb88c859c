import { allKernels, findKernel } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { symbolsOfKernel } from '../src/checks/extents.js';
import { sizedDataset } from '../src/datasets/crossing.js';
import { crossingDatasets } from '../src/index.js';

const datasets = crossingDatasets();

/** The least size that every kernel must be tested at: a block, a power of two, 8 or 16 bits, what meshes really have. */
const least: Readonly<Record<string, number>> = {
  K: 2 ** 16,
  M: 512,
  Msub: 2 ** 15,
  N: 256,
  Ny: 1024,
  Nx: 1024,
  Gy: 1024,
  Gx: 1024,
  S: 256,
  S2: 1024,
  B: 64,
  P: 256,
  Q: 1024,
};

/** What costs the reference two inverses of (S, S); at S = 540 lens holds it against golden derivatives. */
const dear: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  evidenceDerivativesViaWCompactFrom: { S: 128, P: 128 },
  evidenceDerivativesViaWCompactLessColumnsFrom: { M: 256, S: 128, B: 32, P: 128, Q: 512 },
};

it.each(allKernels())('$name is tested at large sizes of every symbol', (kernel) => {
  const own = datasets.filter(({ kernels }) => kernels.some((name) => name === kernel.name));
  expect(own.map(({ symbol }) => symbol).sort()).toEqual([...symbolsOfKernel(kernel)].sort());
  for (const { symbol, size } of own) {
    expect(size, symbol).toBeGreaterThan(dear[kernel.name]?.[symbol] ?? least[symbol]);
  }
});

it('symbols and parameters that no other kernel has are sized as well', () => {
  const { params, ...known } = findKernel('visibilitiesFrom');
  const primaryBeam = {
    kind: 'array',
    dtype: 'real',
    dims: ['M', 'Q'],
    doc: '',
    values: 'finite',
    optional: false,
  } as const;
  const kernel = { ...known, params: { ...params, primaryBeam } };
  expect(sizedDataset(kernel, 'Q', 70).fields.primary_beam.shape).toEqual([4, 70]);
  expect(sizedDataset(kernel, 'M', 50).fields.primary_beam.shape).toEqual([50, 3]);
});

it('sizes are multiples of no block', () => {
  for (const { size } of datasets) for (const block of [2, 3, 5, 7]) expect(size % block).not.toBe(0);
});
