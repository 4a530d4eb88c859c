/**
 * A backend of contract 1 as somebody may have written it, without any help of this package but its types. Nothing in
 * this file is ever changed: once it no longer compiles or no longer runs, backends of others do not either.
 */
import type {
  KernelArgs,
  NdArray,
  Options,
  SyncBackendV1,
  SyncBound,
  SyncKernel,
  SyncMethod,
} from '../../src/index.js';
import { kernels } from '../../src/index.js';

type Args = KernelArgs<'chiSquared0From'>;

const direct: SyncMethod<'chiSquared0From'> = {
  cost: ({ K }) => ({ flops: 6 * K, bytes: 32 * K }),
  canRun: ({ K }) => (K < 2 ** 31 ? true : 'too many visibilities'),
  run: ({ data, noiseMap }) => sumOfSquares(data, noiseMap),
  bind(_args, fixed) {
    if (!fixed.has('noiseMap')) return undefined;
    return {
      run: ({ data, noiseMap }) => sumOfSquares(data, noiseMap),
      runMany: (calls) => calls.map(({ args }) => sumOfSquares(args.data, args.noiseMap)),
      dispose() {},
    };
  },
};

function bind<A extends Partial<Args>>(fixed: A & Partial<Args>): SyncBound<'chiSquared0From', keyof A>;
function bind(fixed: object): object {
  const run = (rest: object) => call(merged({ ...fixed, ...rest }));
  return Object.assign(run, { runMany: (rests: readonly object[]) => rests.map(run), dispose() {} });
}

function merged(args: Partial<Args>): Args {
  const { data, noiseMap } = args;
  if (data === undefined || noiseMap === undefined) throw new Error('an argument is missing');
  return { data, noiseMap };
}

function call({ data, noiseMap }: Args, _options?: Options): number {
  return sumOfSquares(data, noiseMap);
}

function sumOfSquares(data: NdArray<'complex'>, noiseMap: NdArray<'complex'>): number {
  return data.data.reduce((sum, value, lane) => sum + (value / noiseMap.data[lane]) ** 2, 0);
}

const chiSquared0From: SyncKernel<'chiSquared0From'> = Object.assign(call, {
  descriptor: kernels.chiSquared0From,
  limited: true,
  bind,
  methods: { direct },
  sizesOf: ({ data }: Args) => ({ K: data.shape[0] }),
  appraise: () => ({ direct: { cost: { flops: 6, bytes: 32 }, canRun: true as const } }),
});

export const backendOfV1: SyncBackendV1<'chiSquared0From', 'foreign'> = {
  contract: 1,
  id: 'foreign',
  precision: 'float64',
  mode: 'sync',
  info: { summary: 'written by somebody else', deviceMemory: false },
  kernels: { chiSquared0From },
};
