/** Visibilities in chunks: accumulators must give what the kernels give of all of them at once. */
import {
  type AccumulatorSpec,
  type Backend,
  findKernel,
  type KernelName,
  type LooseArgs,
  type PreparedVisibilities,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { CheckFailed, demand } from '../checkFailed.js';
import { demandError } from '../contract/outcome.js';
import { arrayOf, arrayWith, sameBits } from '../contract/values.js';
import type { TestDataset } from '../datasets/dataset.js';
import type { Oracle } from '../oracle/oracle.js';
import { rows } from '../properties/transformations.js';
import { inChunks } from '../properties/visibilities.js';
import type { Passes } from './accumulators.js';
import type { Check } from './check.js';

/** The kernels whose inputs and results an accumulator shares. */
export const accumulatedKernels: readonly KernelName[] = [
  'wCompactCurvatureInterferometerFrom',
  'dirtyImageInterferometerFrom',
  'chiSquared0From',
  'noiseNormalizationComplexFrom',
  'wTildeViaCompactFrom',
];

export function accumulating(
  backend: Backend,
  { together, merged }: Passes,
  datasets: readonly TestDataset[],
  oracle: Oracle,
): readonly Check[] {
  const check = (title: string, holds: (work: Work) => Promise<void>): Check => ({
    kernel: 'accumulator',
    check: 'accumulator',
    title,
    async run() {
      for (const dataset of datasets) await holds(workOn(dataset, backend, oracle));
    },
  });
  return [
    check('chunks add up to what the kernels give', async ({ spec, chunks, agrees }) => {
      agrees(await together(spec, chunks), 'in chunks');
    }),
    check('merged accumulators are one pass, bit for bit', async ({ spec, chunks }) => {
      const same = sameBits(await together(spec, chunks), await merged(spec, chunks));
      demand(same, 'merging accumulators in the order of their chunks differs from one pass');
    }),
    check('chunks may be overwritten as soon as they are handed over', async ({ spec, chunks, agrees }) => {
      const given = chunks.map(copyChunk);
      agrees(await together(spec, given, overwriteChunk), 'with every chunk overwritten once it was handed over');
    }),
    check('flagged visibilities are counted and have no weight', async ({ spec, chunks, agrees }) => {
      const sums = await together(spec, chunks.map(withFlagged));
      demand(sums.flaggedCount === chunks.length, `${sums.flaggedCount} flagged of ${chunks.length}`);
      agrees(sums, 'with flagged visibilities');
    }),
    check('no chunk at all gives zeros', async ({ spec }) => {
      const { wCompact, dirtyImage, chiSquared0, noiseNormalization, visibilityCount } = await together(spec, []);
      const numbers = [...wCompact.data, ...dirtyImage.data, chiSquared0, noiseNormalization, visibilityCount];
      demand(
        numbers.every((value) => value === 0),
        'something is not zero though nothing was added',
      );
    }),
    check('chunks whose arrays do not belong together are refused', async ({ spec, chunks: [chunk] }) => {
      const torn = { ...chunk, uvWavelengths: withoutLast(chunk.uvWavelengths) };
      await demandError('ShapeMismatch', 'a chunk with fewer baselines than data', async () => {
        await together(spec, [torn]);
        return 0;
      });
    }),
  ];
}

/** A dataset as an accumulator sees it. */
interface Work {
  readonly spec: AccumulatorSpec;
  readonly chunks: readonly VisibilityChunk[];
  /** Fails unless the sums holds what the reference's kernels give. */
  agrees(sums: PreparedVisibilities, what: string): void;
}

function workOn(dataset: TestDataset, backend: Backend, oracle: Oracle): Work {
  const argsOf = (name: KernelName) => oracle.argumentsOf(dataset, findKernel(name));
  const compact = argsOf('wCompactCurvatureInterferometerFrom');
  const dirty = argsOf('dirtyImageInterferometerFrom');
  const same = (name: KernelName, actual: PreparedVisibilities['wCompact'] | number, what: string) => {
    const kernel = findKernel(name);
    const expected = oracle.expected(dataset, kernel);
    const { ok, message } = oracle.judge(kernel, argsOf(name), expected, actual, backend.precision);
    if (!ok) throw new CheckFailed(`${name} on ${dataset.name}, ${what}: ${message}`);
  };
  return {
    spec: {
      gridSize: Number(compact.gridSize),
      pixelScale: Number(compact.pixelScale),
      gridRadiansSlim: arrayWith('real', dirty.gridRadiansSlim),
      nativeIndexForSlimIndex: arrayWith('index', argsOf('wTildeViaCompactFrom').nativeIndexForSlimIndex),
    },
    chunks: inChunks(dirty).map(chunkOf),
    agrees(sums, what) {
      same('wCompactCurvatureInterferometerFrom', sums.wCompact, what);
      same('dirtyImageInterferometerFrom', sums.dirtyImage, what);
      same('chiSquared0From', sums.chiSquared0, what);
      same('noiseNormalizationComplexFrom', sums.noiseNormalization, what);
    },
  };
}

function chunkOf({ data, noiseMap, uvWavelengths }: LooseArgs): VisibilityChunk {
  return {
    data: arrayWith('complex', data),
    noiseMap: arrayWith('complex', noiseMap),
    uvWavelengths: arrayWith('real', uvWavelengths),
  };
}

function copyChunk({ data, noiseMap, uvWavelengths }: VisibilityChunk): VisibilityChunk {
  return {
    data: { ...data, data: data.data.slice() },
    noiseMap: { ...noiseMap, data: noiseMap.data.slice() },
    uvWavelengths: { ...uvWavelengths, data: uvWavelengths.data.slice() },
  };
}

function overwriteChunk({ data, noiseMap, uvWavelengths }: VisibilityChunk): void {
  for (const array of [data, noiseMap, uvWavelengths]) array.data.fill(0);
}

/** The chunk with one visibility more, of infinite noise. */
function withFlagged({ data, noiseMap, uvWavelengths }: VisibilityChunk): VisibilityChunk {
  const longer = (values: Float64Array, more: number) => Float64Array.of(...values, more, more);
  const count = uvWavelengths.shape[0] + 1;
  return {
    data: arrayWith('complex', arrayOf('complex', longer(data.data, 3), [count])),
    noiseMap: arrayWith('complex', arrayOf('complex', longer(noiseMap.data, Number.POSITIVE_INFINITY), [count])),
    uvWavelengths: arrayWith('real', arrayOf('real', longer(uvWavelengths.data, 1e5), [count, 2])),
  };
}

function withoutLast(array: VisibilityChunk['uvWavelengths']): VisibilityChunk['uvWavelengths'] {
  const kept = Array.from({ length: array.shape[0] - 1 }, (_, row) => row);
  return arrayWith('real', rows(array, kept));
}
