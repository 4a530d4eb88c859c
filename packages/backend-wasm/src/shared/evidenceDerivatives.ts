import {
  type Cost,
  type KernelResult,
  type KernelRunArgs,
  type RunContext,
  real,
  type Sizes,
} from '@wtilde/core-types';
import {
  derivativeResultsByGraph,
  derivativeResultsByMapping,
  derivativesByGraph,
  derivativesByMapping,
  evidenceTerms,
  inSources,
  inverseForms,
  mirroredLower,
  regularizationOfGraph,
  responseOf,
  weightedGraphOf,
} from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, type PlacedColumns, placeColumns } from '../fourier/curvatureConvolution.js';
import {
  addMappedProducts,
  groupLength,
  groupsOf,
  mappedColumns,
  type ProductOperands,
  type WholeOperator,
  wholeOperator,
} from '../fourier/mappedColumns.js';
import { factorEvidence } from '../linalg/factorEvidence.js';
import { graphDerivatives } from '../linalg/graphDerivatives.js';
import { inverseOfFactor } from '../linalg/inverse.js';
import { convolutionFlops, sparseMappingOf } from './curvatureMethods.js';
import { bound, keep } from './kept.js';
import { compactSource } from './operatorSources.js';

type Args = KernelRunArgs<'evidenceDerivativesViaWCompactFrom'>;
type EndArgs = KernelRunArgs<'evidenceDerivativesByMappingViaWCompactFrom'>;
type CompactArgs = Pick<Args, 'wCompact' | 'nativeIndexForSlimIndex'>;
type MiddleArgs = Pick<
  Args,
  'neighbors' | 'neighborsSizes' | 'weights' | 'diagonal' | 'chiSquared0' | 'noiseNormalization'
>;

/**
 * Numbers of W T that are kept between F and the derivatives, at most: 256 MB. Where W T is larger, F is made without it,
 * and then W T strip by strip, at half as much work again.
 */
const KEPT = 2 ** 25;

/** The operator of a dataset, prepared for any mapping. */
function prepare(engine: Engine, arena: Arena, args: CompactArgs, sizes: Sizes): WholeOperator {
  return wholeOperator(engine, arena, compactSource.operatorOf(arena, args, sizes), args.wCompact.data);
}

/** How W T passes: whole, or in strips that are made twice. */
interface Passing {
  /** Where all of W T stands, if it does. */
  readonly whole: number | undefined;
  /** Groups of columns of a strip. */
  readonly groups: number;
}

function passingOf(arena: Arena, operator: WholeOperator, pixels: number, kept: number): Passing {
  const length = Math.max(1, groupLength(operator));
  const groups = groupsOf(pixels);
  if (groups * length <= kept) return { whole: arena.f64(groups * length), groups };
  return { whole: undefined, groups: Math.max(1, Math.floor(kept / length)) };
}

function makeCurvature(
  engine: Engine,
  operator: WholeOperator,
  columns: PlacedColumns,
  { whole, groups }: Passing,
  out: number,
): void {
  if (whole === undefined) curvatureByConvolution(engine, operator, columns, out);
  else mappedColumns(engine, operator, columns, { first: 0, count: groups }, whole, out);
}

function addProducts(
  engine: Engine,
  operator: WholeOperator,
  columns: PlacedColumns,
  { whole, groups }: Passing,
  operands: ProductOperands,
): void {
  const total = groupsOf(operands.pixels);
  engine.scoped((arena) => {
    const strip = whole ?? arena.f64(groups * groupLength(operator));
    for (let first = 0; first < total; first += groups) {
      const range = { first, count: Math.min(groups, total - first) };
      if (whole === undefined) mappedColumns(engine, operator, columns, range, strip);
      addMappedProducts(engine, operator, operands, range, strip);
    }
  });
}

/**
 * All that one factorization of F + H gives: the evidence, its source and the derivatives by the graph.
 *
 * @param matrix where F (S, S) stands; the inverse of F + H takes its place
 */
export function derivativesByGraphFrom(
  engine: Engine,
  arena: Arena,
  matrix: number,
  dataVector: Float64Array,
  args: MiddleArgs,
): Omit<KernelResult<'evidenceDerivativesByGraphFrom'>, 'curvatureRegMatrixInverse'> {
  const graph = weightedGraphOf(args);
  const prior = graphDerivatives(engine, graph);
  const factored = factorEvidence(engine, arena, matrix, regularizationOfGraph(graph));
  const { chiSquared0, noiseNormalization } = args;
  const terms = evidenceTerms(
    { dataVector, logDetRegularizationMatrix: prior.logDet, chiSquared0, noiseNormalization },
    factored,
  );
  const { reconstruction } = terms;
  const response = responseOf(factored, graph, terms);
  // F has served.
  inverseOfFactor(engine, factored.factor, matrix);
  const inverse = () => engine.heap.f64(matrix, graph.order * graph.order);
  const posterior = inverseForms(inverse(), factored, graph);
  inSources(inverse(), factored);
  const derivatives = derivativesByGraph({ graph, reconstruction, response, posterior, prior });
  return {
    ...terms,
    reconstruction: real(reconstruction),
    response: real(response),
    ...derivativeResultsByGraph(derivatives, args),
  };
}

/**
 * W T by the inverse on the entries of T.
 *
 * @param matrix where the inverse (S, S) stands
 */
function derivativesByMappingFrom(
  engine: Engine,
  arena: Arena,
  operator: WholeOperator,
  { columns, passing }: Mapped,
  matrix: number,
  args: Omit<EndArgs, 'curvatureRegMatrixInverse'>,
) {
  const { pixels, pixIndexesForSubSlimIndex } = args;
  const dirtyImage = args.dirtyImage.data;
  const [reconstruction, response] = [args.reconstruction.data, args.response.data];
  const { pixIndexes } = sparseMappingOf(args);
  const perRow = pixIndexes.length / Math.max(1, dirtyImage.length);
  const sums = arena.zeros(2 * dirtyImage.length * (perRow + 2));
  addProducts(engine, operator, columns, passing, {
    pixels,
    indexes: arena.putI32(pixIndexes),
    perRow,
    X: matrix,
    s: arena.putF64(reconstruction),
    q: arena.putF64(response),
    sums,
  });
  const products = productsOf(engine.heap.f64(sums, 2 * dirtyImage.length * (perRow + 2)), dirtyImage, perRow);
  const derivatives = derivativesByMapping({ pixIndexes, reconstruction, response, ...products });
  return derivativeResultsByMapping(derivatives, pixIndexesForSubSlimIndex);
}

/** A mapping in the memory, and how W T of it passes. */
interface Mapped {
  readonly columns: PlacedColumns;
  readonly passing: Passing;
}

function mappedOf(arena: Arena, operator: WholeOperator, args: EndArgs | Args, kept: number): Mapped {
  return {
    columns: placeColumns(arena, operator, sparseMappingOf(args)),
    passing: passingOf(arena, operator, args.pixels, kept),
  };
}

/** The evidence and its derivatives from one factorization. */
function derivativesFrom(
  engine: Engine,
  arena: Arena,
  operator: WholeOperator,
  args: Args,
  kept: number,
): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const mapped = mappedOf(arena, operator, args, kept);
  const matrix = arena.f64(args.pixels * args.pixels);
  makeCurvature(engine, operator, mapped.columns, mapped.passing, matrix);
  const middle = derivativesByGraphFrom(engine, arena, matrix, dataVectorOf(args), args);
  const byMapping = derivativesByMappingFrom(engine, arena, operator, mapped, matrix, { ...args, ...middle });
  const { response: _, ...byGraph } = middle;
  return { ...byGraph, ...byMapping };
}

/** The end alone, with what somebody else has factored: W T is made once. */
function endFrom(
  engine: Engine,
  arena: Arena,
  operator: WholeOperator,
  args: EndArgs,
): KernelResult<'evidenceDerivativesByMappingViaWCompactFrom'> {
  const mapped = mappedOf(arena, operator, args, 0);
  const matrix = arena.putF64(mirroredLower(args.curvatureRegMatrixInverse).data);
  return derivativesByMappingFrom(engine, arena, operator, mapped, matrix, args);
}

/** The products from their pairs. */
function productsOf(sums: Float64Array, dirtyImage: Float64Array, perRow: number) {
  const rows = dirtyImage.length;
  const covariance = new Float64Array(rows * perRow);
  const residual = new Float64Array(rows);
  const responseImage = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let e = i * perRow; e < (i + 1) * perRow; e++, at += 2) covariance[e] = sums[at] + sums[at + 1];
    residual[i] = dirtyImage[i] - (sums[at] + sums[at + 1]);
    responseImage[i] = sums[at + 2] + sums[at + 3];
    at += 4;
  }
  return { covariance, residual, responseImage };
}

/** D = T^t d */
function dataVectorOf({ pixels, dirtyImage, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }: Args) {
  const [rows, perRow] = pixIndexesForSubSlimIndex.shape;
  const vector = new Float64Array(pixels);
  for (let i = 0; i < rows; i++) {
    for (let e = i * perRow; e < (i + 1) * perRow && pixIndexesForSubSlimIndex.data[e] >= 0; e++) {
      vector[pixIndexesForSubSlimIndex.data[e]] += pixWeightsForSubSlimIndex.data[e] * dirtyImage.data[i];
    }
  }
  return vector;
}

/** The methods of an evidence with its derivatives: W T kept as far as 256 MB go, or in strips of one group. */
export function evidenceDerivativesMethods(engine: Engine) {
  const by = (kept: number) => {
    const isKept = ({ M, S }: Sizes) => M * S <= kept;
    return methodOf(
      engine,
      (arena, operator, args: Args) => derivativesFrom(engine, arena, operator, args, kept),
      (sizes) => costOf(sizes, isKept(sizes) ? 2 : 3, kept, sizes.S ** 3),
    );
  };
  return { convolution: by(KEPT), strips: by(0) };
}

/** The method of its end. */
export function derivativesByMappingMethods(engine: Engine) {
  return {
    strips: methodOf(
      engine,
      (arena, operator, args: EndArgs) => endFrom(engine, arena, operator, args),
      (sizes) => costOf(sizes, 2, 0, 0),
    ),
  };
}

/** @param passes over half of W T */
function costOf(sizes: Sizes, passes: number, kept: number, cubes: number) {
  const { M, S, B, N, nonZeros = M * B } = sizes;
  return {
    flops: passes * convolutionFlops(sizes) + 2 * nonZeros * S + cubes,
    bytes: 48 * N * N + 60 * M * B + 32 * S * S + 8 * Math.min(M * S, kept),
    time: nonZeros * (0.09 * passes * M + 0.35 * S) + 0.12 * cubes,
  };
}

function methodOf<A extends CompactArgs, R>(
  engine: Engine,
  from: (arena: Arena, operator: WholeOperator, args: A) => R,
  cost: (sizes: Sizes) => Cost,
) {
  return {
    cost,
    run: (args: A, { sizes }: RunContext) =>
      engine.scoped((arena) => from(arena, prepare(engine, arena, args, sizes), args)),
    bind(args: A, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!bound(fixed, compactSource.from)) return undefined;
      const { value: operator, dispose } = keep(engine, (arena) => prepare(engine, arena, args, sizes));
      return { run: (all: A) => engine.scoped((arena) => from(arena, operator, all)), dispose };
    },
  };
}
