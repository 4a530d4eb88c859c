import type { KernelDeviceRunArgs, KernelResult } from '@wtilde/core-types';
import { index } from '@wtilde/core-types';
import { derivativeResultsByMapping, derivativesByMapping, fromFloats, mirroredLower } from '@wtilde/numerics';
import type { DeviceArray } from '../device/deviceArray.js';
import { hostArray } from '../device/hostArray.js';
import { linearGroups, step } from '../device/program.js';
import { sampledProduct } from '../programs/sampledProduct.js';
import type { Product } from './operatorMethod.js';

type Kernel = 'evidenceDerivativesByMappingViaWCompactFrom';

/**
 * W T X on the listed entries of T, and W T s and W T q: what derivatives by the mapping are made of, in float64 on the
 * host. W T passes block by block and is never held.
 */
export const derivativesOnEntries: Product<KernelDeviceRunArgs<Kernel>, KernelResult<Kernel>> = {
  cost: ({ M, B, S, nonZeros = M * B }) => ({ flops: 2 * S * (nonZeros + 2 * M), bytes: 4 * S * S + 8 * M * B }),
  words: ({ M, B, S }) => ({ X: S * S, entries: M * B, sums: M * B, 'two images': 3 * M }),
  async start(scope, { sizes: { M } }, left, _T, args) {
    const [entries, inverse, reconstruction, response, dirtyImage] = await Promise.all([
      hostArray(args.pixIndexesForSubSlimIndex),
      hostArray(args.curvatureRegMatrixInverse),
      hostArray(args.reconstruction),
      hostArray(args.response),
      hostArray(args.dirtyImage),
    ]);
    const onlyColumn = scope.argument('column', index(new Int32Array(M)));
    const listed = scope.argument('pixIndexesForSubSlimIndex', entries);

    /** W T by a matrix of some columns, of which every row has those that are listed for it. */
    const productWith = (matrix: DeviceArray<'real'>, indexes: DeviceArray<'index'>) => {
      const [, columns = 1] = matrix.shape;
      const [, width = 1] = indexes.shape;
      const [X, at] = [scope.borrow(matrix), scope.borrow(indexes)];
      const out = scope.scratch('sums', M * width);
      return {
        add: (first: number, lines: number, P: typeof X) =>
          step(
            sampledProduct,
            { first, lines, imagePixels: M, width, columns },
            { P, X, indexes: at, out },
            linearGroups(M * width),
          ),
        read: async () =>
          fromFloats(new Float32Array(await scope.read(out, M * width)), left.exponent + matrix.exponent),
      };
    };
    const products = [
      productWith(scope.argument('curvatureRegMatrixInverse', mirroredLower(inverse)), listed),
      productWith(scope.argument('reconstruction', reconstruction), onlyColumn),
      productWith(scope.argument('response', response), onlyColumn),
    ];
    return {
      each: (first, lines, P) => products.map(({ add }) => add(first, lines, P)),
      async finish() {
        const [covariance, fit, responseImage] = await Promise.all(products.map(({ read }) => read()));
        const derivatives = derivativesByMapping({
          pixIndexes: entries.data,
          reconstruction: reconstruction.data,
          response: response.data,
          residual: dirtyImage.data.map((d, i) => d - fit[i]),
          responseImage,
          covariance,
        });
        return derivativeResultsByMapping(derivatives, entries);
      },
    };
  },
};
