import type { Cost, KernelResult, KernelRunArgs, NdArray, RunContext, Sizes } from '@wtilde/core-types';
import {
  compactSource,
  evidenceByGraph,
  evidenceByMapping,
  evidenceWithDerivatives,
  factorEvidence,
  graphDerivatives,
  inverseInBasis,
  loseProducts,
  type MappedProducts,
  mappedColumnsOf,
  mirroredLower,
  type RegularizationForm,
  rowTimes,
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
import { subtractSquare, symmetricTimes } from '../linalg/lostColumns.js';
import type { VisitImages } from '../sparse/gatherColumns.js';
import { curvatureSizesOf } from './curvatureMethods.js';

/** W loses nothing where there are no columns. */
type Args = KernelRunArgs<'evidenceDerivativesViaWCompactFrom'> & { readonly lostColumns?: NdArray<'real'> };
type MiddleArgs = KernelRunArgs<'evidenceDerivativesByGraphFrom'>;
type EndArgs = KernelRunArgs<'evidenceDerivativesByMappingViaWCompactFrom'>;
type CompactArgs = Pick<Args, 'wCompact' | 'nativeIndexForSlimIndex'>;

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

/** How one factorization goes here, of F as `curvature` makes it. */
const factoredWork = (curvature: () => Float64Array) => ({
  prior: graphDerivatives,
  factor: (regularization: RegularizationForm) => factorEvidence(curvature(), regularization),
  inverse: ({ factor }: ReturnType<typeof factorEvidence>) => inverseInBasis(factor),
});

/** W T by the inverse, by s and by q: eight columns at a time and never held. */
function productsOf(
  { operator, images }: Products,
  mapping: SparseMapping,
  inverse: Float64Array,
  s: Float64Array,
  q: Float64Array,
): MappedProducts {
  const products = createMappedProducts(operator.image, mapping, inverse, s, q);
  images(mappingColumns(operator, mapping), products.add);
  return products;
}

/** One way to F and to W T without what they lose with U U^t. */
function lessColumns(products: Products, lostColumns: NdArray<'real'>, mapping: SparseMapping) {
  const { pixels } = mapping;
  const [, total] = lostColumns.shape;
  const columns = mappedColumnsOf(lostColumns, mapping);
  return {
    curvature() {
      const F = products.curvature(mapping);
      subtractSquare(columns, pixels, total, F);
      return F;
    },
    products: (inverse: Float64Array, s: Float64Array, q: Float64Array) =>
      loseProducts(productsOf(products, mapping, inverse, s, q), mapping, {
        lostColumns,
        covariance: symmetricTimes(inverse, columns, pixels, total),
        step: total,
        fit: rowTimes(s, columns, total),
        response: rowTimes(q, columns, total),
      }),
  };
}

/** The evidence and its derivatives from one factorization; W T is made twice. */
function derivativesFrom(products: Products, args: Args): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const mapping = sparseMappingOf(args);
  const made =
    args.lostColumns === undefined
      ? {
          curvature: () => products.curvature(mapping),
          products: (inverse: Float64Array, s: Float64Array, q: Float64Array) =>
            productsOf(products, mapping, inverse, s, q),
        }
      : lessColumns(products, args.lostColumns, mapping);
  return evidenceWithDerivatives(args, { ...factoredWork(made.curvature), products: made.products });
}

/** The middle alone, of an F that somebody else has made. */
export function middleFrom(args: MiddleArgs): KernelResult<'evidenceDerivativesByGraphFrom'> {
  return evidenceByGraph(
    args,
    args.dataVector.data,
    factoredWork(() => args.curvatureMatrix.data),
  );
}

/** The end alone, with what somebody else has factored. */
function endFrom(products: Products, args: EndArgs): KernelResult<'evidenceDerivativesByMappingViaWCompactFrom'> {
  const inverse = mirroredLower(args.curvatureRegMatrixInverse).data;
  const [s, q] = [args.reconstruction.data, args.response.data];
  return evidenceByMapping(args, productsOf(products, sparseMappingOf(args), inverse, s, q));
}

/** A method of either kernel, by how W T is made. Binding prepares W. */
function methodOf<A extends CompactArgs, R>(
  prepare: (operator: CurvatureOperator) => Products,
  from: (products: Products, args: A) => R,
  cost: (sizes: Sizes) => Cost,
) {
  return {
    cost,
    run: (args: A, { sizes }: RunContext) => from(prepare(operatorOf(compactSource, args, sizes)), args),
    bind(args: A, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!compactSource.from.every((name) => fixed.has(name))) return undefined;
      const products = prepare(operatorOf(compactSource, args, sizes));
      return { run: (all: A) => from(products, all) };
    },
  };
}

/** @param passes over W T, in the time of F by convolution and by transforms */
function methodsOf<A extends CompactArgs, R>(
  from: (products: Products, args: A) => R,
  passes: { readonly convolution: number; readonly fft: number },
  rest: (sizes: Sizes) => number,
) {
  const cost = (time: (sizes: Sizes) => number) => (sizes: Sizes) => ({
    bytes: 48 * sizes.N ** 2 + 60 * sizes.M * sizes.B + 32 * sizes.S ** 2,
    time: time(sizes) + 1.4 * sizes.S * (sizes.nonZeros ?? sizes.M * sizes.B) + rest(sizes),
  });
  const { convolution, fft } = passes;
  return {
    convolution: methodOf(
      byConvolution,
      from,
      cost((sizes) => convolution * convolutionCost(curvatureSizesOf(sizes)).time),
    ),
    fft: methodOf(
      byFft,
      from,
      cost((sizes) => fft * curvatureFftCost(curvatureSizesOf(sizes), sizes.N, sizes.N).time),
    ),
  };
}

/** The methods of an evidence with its derivatives, by how W T is made. */
export const evidenceDerivativesMethods = methodsOf(
  derivativesFrom,
  { convolution: 3, fft: 2 },
  ({ S, Q = 0 }) => 0.9 * S ** 3 + 0.55 * S ** 2 * Q,
);

/** The methods of its end. */
export const derivativesByMappingMethods = methodsOf(endFrom, { convolution: 2, fft: 1 }, () => 0);
