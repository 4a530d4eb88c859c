import {
  implementAsync,
  isHandle,
  type KernelDeviceRunArgs,
  kernels,
  type NdArray,
  type Options,
  type RunContext,
  real,
  throwIfAborted,
} from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import { hostArray } from '../device/hostArray.js';
import { keep } from '../device/kept.js';
import { groupSize, linearGroups, step } from '../device/program.js';
import type { Scope } from '../device/scope.js';
import { tileOf } from '../device/tiles.js';
import { columnSums } from '../programs/columnSums.js';
import { sumSlabs } from '../programs/sumSlabs.js';
import { slabSize } from '../wgsl/slabs.js';

const name = 'dataVectorFrom';

type Args = KernelDeviceRunArgs<typeof name>;

export const dataVectorFrom = (device: Device) => {
  const isWhole = (M: number, S: number) => tileOf(device, S, M) === M;

  function product({ mappingMatrix, dirtyImage }: Args, context: RunContext) {
    const { M, S } = context.sizes;
    return device.scoped(name, async (scope) => {
      if (isHandle(mappingMatrix) || isWhole(M, S)) {
        return await productOf(scope, mappingMatrix, dirtyImage, context.options);
      }
      return scope.finishOnHost(await byRows(mappingMatrix, await hostArray(dirtyImage), context), context.options);
    });
  }

  async function productOf(
    scope: Scope,
    mappingMatrix: Args['mappingMatrix'],
    dirtyImage: Args['dirtyImage'],
    options: Options,
  ) {
    const [rows = 0, S = 0] = mappingMatrix.shape;
    const T = scope.argument('mappingMatrix', mappingMatrix);
    const d = scope.argument('dirtyImage', dirtyImage);
    const result = scope.result('real', [S], T.exponent + d.exponent);
    const slabs = Math.ceil(rows / slabSize);
    const parts = scope.scratch('slabs', slabs * S);
    await scope.submit('product', [
      step(columnSums, { rows, columns: S }, { matrix: scope.borrow(T), vector: scope.borrow(d), out: parts }, [
        Math.ceil(S / groupSize),
        slabs,
      ]),
      step(sumSlabs, { slabs, length: S }, { slabs: parts, out: scope.borrow(result) }, linearGroups(S)),
    ]);
    return await scope.finish(result, options);
  }

  /** A matrix that is larger than a binding: some of its rows at a time, added in float64. */
  async function byRows(T: NdArray<'real'>, d: NdArray<'real'>, { sizes: { M, S }, options }: RunContext) {
    const atOnce = tileOf(device, S, M);
    const sums = new Float64Array(S);
    for (let first = 0; first < M; first += atOnce) {
      const end = Math.min(first + atOnce, M);
      await device.scoped(name, async (scope) => {
        const rows = real(T.data.slice(first * S, end * S), [end - first, S]);
        const part = await hostArray(await productOf(scope, rows, real(d.data.slice(first, end)), {}));
        for (let s = 0; s < S; s++) sums[s] += part.data[s];
      });
      options.onProgress?.(end, M);
      throwIfAborted(options.signal, name);
    }
    return real(sums);
  }

  return implementAsync(kernels.dataVectorFrom, {
    rows: {
      cost: ({ M, S }) => ({ flops: 2 * M * S, bytes: 4 * M * S }),
      canRun({ M, S }) {
        const rows = tileOf(device, S, M);
        return fits(device, { 'rows of the mapping matrix': rows * S, slabs: Math.ceil(rows / slabSize) * S });
      },
      run: product,
      bind(args, fixed, { sizes: { M, S } }) {
        const stays = fixed.has('mappingMatrix') && isWhole(M, S);
        const kept = keep(device, name, (stay) => ({
          ...(stays && { mappingMatrix: stay('mappingMatrix', args.mappingMatrix) }),
          ...(fixed.has('dirtyImage') && isWhole(M, S) && { dirtyImage: stay('dirtyImage', args.dirtyImage) }),
        }));
        return {
          run: (rest, context) => product({ ...rest, ...kept.value }, context),
          dispose: kept.dispose,
        };
      },
    },
  });
};
