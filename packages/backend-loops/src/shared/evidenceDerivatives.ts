import type { KernelResult, KernelRunArgs, RunContext, Sizes } from '@wtilde/core-types';
import {
  compactSource,
  evidenceWithDerivatives,
  factorEvidence,
  graphDerivatives,
  inverseInBasis,
  type SparseColumns,
  type SparseMapping,
  sparseMappingOf,
} from '@wtilde/numerics';
import { convolutionCost, curvatureFftCost } from '../costs/curvatures.js';
import { curvatureByConvolution } from '../fourier/curvatureConvolution.js';
import { curvatureByFft, imagesByFft } from '../fourier/curvatureFft.js';
import { type CurvatureOperator, mappingColumns, operatorOf } from '../fourier/curvatureOperator.js';
import { imagesByConvolution, wholeOperator } from '../fourier/mappedColumns.js';
import { createMappedProducts } from '../fourier/mappedProducts.js';
import { spectralOperator } from '../fourier/spectralOperator.js';
import type { VisitImages } from '../sparse/gatherColumns.js';
import { curvatureSizesOf } from './curvatureMethods.js';

type Args = KernelRunArgs<'evidenceDerivativesViaWCompactFrom'>;
type Result = KernelResult<'evidenceDerivativesViaWCompactFrom'>;

/** One way to F and to W T, prepared for any mapping. */
interface Products {
  readonly operator: CurvatureOperator;
  curvature(mapping: SparseMapping): Float64Array;
  images(columns: SparseColumns, visit: VisitImages): void;
}

function byConvolution(operator: CurvatureOperator): Products {
  const whole = wholeOperator(operator);
  return {
    operator,
    curvature: (mapping) => curvatureByConvolution(operator, mapping),
    images: (columns, visit) => imagesByConvolution(whole, columns, visit),
  };
}

function byFft(operator: CurvatureOperator): Products {
  const spectral = spectralOperator(operator);
  return {
    operator,
    curvature: (mapping) => curvatureByFft(spectral, mapping),
    images: (columns, visit) => imagesByFft(spectral, columns, visit),
  };
}

/** The evidence and its derivatives from one factorization; W T is made twice, eight columns at a time, and never held. */
function derivativesFrom({ operator, curvature, images }: Products, args: Args): Result {
  const mapping = sparseMappingOf(args);
  return evidenceWithDerivatives(args, {
    prior: graphDerivatives,
    factor: (regularization) => factorEvidence(curvature(mapping), regularization),
    inverse: ({ factor }) => inverseInBasis(factor),
    products(inverse, s, q) {
      const products = createMappedProducts(operator.image, mapping, inverse, s, q);
      images(mappingColumns(operator, mapping), products.add);
      return products;
    },
  });
}

function methodOf(prepare: (operator: CurvatureOperator) => Products, time: (sizes: Sizes) => number) {
  return {
    cost: (sizes: Sizes) => ({
      bytes: 48 * sizes.N ** 2 + 60 * sizes.M * sizes.B + 32 * sizes.S ** 2,
      time: time(sizes) + 0.9 * sizes.S ** 3 + 1.4 * sizes.S * (sizes.nonZeros ?? sizes.M * sizes.B),
    }),
    run: (args: Args, { sizes }: RunContext) => derivativesFrom(prepare(operatorOf(compactSource, args, sizes)), args),
    bind(args: Args, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!compactSource.from.every((name) => fixed.has(name))) return undefined;
      const products = prepare(operatorOf(compactSource, args, sizes));
      return { run: (all: Args) => derivativesFrom(products, all) };
    },
  };
}

/** The methods of an evidence with its derivatives, by how W T is made. */
export const evidenceDerivativesMethods = {
  convolution: methodOf(byConvolution, (sizes) => 3 * convolutionCost(curvatureSizesOf(sizes)).time),
  fft: methodOf(byFft, (sizes) => 2 * curvatureFftCost(curvatureSizesOf(sizes), sizes.N, sizes.N).time),
};
