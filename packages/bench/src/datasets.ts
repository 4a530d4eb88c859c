import { type KernelName, kernelNames, kernels } from '@wtilde/core-types';
import { almaLike, type GeneratorOptions, generated, smaLike } from '@wtilde/data';
import type { TestDataset } from '@wtilde/testkit';

/** How much is measured: seconds, about a minute a backend, or sizes of real work. */
export const presets = ['test', 'medium', 'science'] as const;

export type Preset = (typeof presets)[number];

/** What the datasets of a run are made from: plain data, since every backend makes them in its own process. */
export interface DatasetChoice {
  readonly preset: Preset;
  /** Sizes of the caller's own instead of those of the preset. */
  readonly sizes?: Pick<GeneratorOptions, 'N' | 'K' | 'S' | 'B' | 'P'> | undefined;
  /** Adds the series that show how cost grows. */
  readonly scaling?: boolean | undefined;
}

const dataset = (name: string, doc: string, fields: TestDataset['fields']): TestDataset => ({ name, doc, fields });

export function datasetsOf({ preset, sizes, scaling }: DatasetChoice): readonly TestDataset[] {
  const chosen = sizes === undefined ? ofPreset[preset]() : [dataset('sizes of your own', 'simulated', smaLike(sizes))];
  return scaling ? [...chosen, ...series(preset)] : chosen;
}

/**
 * Only the kernels that python-autojax has: its mock data determine F + H to half of all digits, so that derivatives of
 * evidences cannot be judged on them.
 */
export function forUpstream(given: TestDataset): TestDataset {
  return { ...given, kernels: kernelNames().filter((name) => kernels[name].origin === 'upstream') };
}

const ofPreset: Readonly<Record<Preset, () => readonly TestDataset[]>> = {
  test: () => [dataset('sma-like, tiny', 'simulated', smaLike({ N: 10, K: 60, S: 20 }))],
  medium: () => [
    forUpstream(
      dataset(
        'generated',
        'mock data as python-autojax makes them',
        generated({ N: 30, K: 1024, S: 256, B: 3, P: 32 }),
      ),
    ),
    dataset('sma-like', 'simulated', smaLike({ N: 30, K: 190, S: 540 })),
  ],
  science: () => [dataset('alma-like', 'simulated, long baselines', almaLike({ N: 60, K: 100_000, S: 1000 }))],
};

/** The kernels whose growth is shown. */
const growing: readonly KernelName[] = [
  'wCompactCurvatureInterferometerFrom',
  'dirtyImageInterferometerFrom',
  'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
  'logLikelihoodFunctionViaWCompactFrom',
];

/** Datasets that differ in one size: their names begin with its symbol. */
function series(preset: Preset): readonly TestDataset[] {
  const base = preset === 'test' ? { N: 8, K: 50, S: 10 } : { N: 40, K: 2000, S: 200 };
  const factors = preset === 'test' ? [1, 2] : [1, 2, 4, 8];
  const each = (symbol: 'N' | 'K' | 'S', steps: readonly number[]): readonly TestDataset[] =>
    steps.map((factor) => {
      const sizes = { ...base, [symbol]: Math.round(base[symbol] * factor) };
      const fields = smaLike(sizes);
      return { name: `${symbol} = ${sizes[symbol]}`, doc: `series in ${symbol}`, fields, kernels: growing };
    });
  return [...each('K', factors), ...each('N', factors.map(Math.sqrt)), ...each('S', factors)];
}

/** What a dataset is one of a series in, and its size. */
export function seriesOf(dataset: string): { readonly symbol: string; readonly size: number } | undefined {
  const [, symbol, size] = /^([NKS]) = (\d+)$/.exec(dataset) ?? [];
  return symbol === undefined ? undefined : { symbol, size: Number(size) };
}
