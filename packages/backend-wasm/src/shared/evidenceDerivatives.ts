import { type KernelResult, type KernelRunArgs, type RunContext, real, type Sizes } from '@wtilde/core-types';
import {
  derivativeResults,
  evidenceDerivatives,
  evidenceTerms,
  inSources,
  inverseForms,
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

/**
 * Numbers of W T that are kept between F and the derivatives, at most: 256 MB. Where W T is larger, F is made without it,
 * and then W T strip by strip, at half as much work again.
 */
const KEPT = 2 ** 25;

/** The operator of a dataset, prepared for any mapping. */
function prepare(engine: Engine, arena: Arena, args: Args, sizes: Sizes): WholeOperator {
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

/** The evidence and its derivatives from one factorization. */
function derivativesFrom(
  engine: Engine,
  arena: Arena,
  operator: WholeOperator,
  args: Args,
  kept: number,
): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const { chiSquared0, noiseNormalization, pixels } = args;
  const dirtyImage = args.dirtyImage.data;
  const graph = weightedGraphOf(args);
  const mapping = sparseMappingOf(args);
  const columns = placeColumns(arena, operator, mapping);
  const passing = passingOf(arena, operator, pixels, kept);
  const prior = graphDerivatives(engine, graph);
  const matrix = arena.f64(pixels * pixels);
  makeCurvature(engine, operator, columns, passing, matrix);
  const factored = factorEvidence(engine, arena, matrix, regularizationOfGraph(graph));
  const terms = evidenceTerms(
    {
      dataVector: dataVectorOf(args),
      logDetRegularizationMatrix: prior.logDet,
      chiSquared0,
      noiseNormalization,
    },
    factored,
  );
  const { reconstruction } = terms;
  const response = responseOf(factored, graph, terms);
  // F has served: the inverse takes its place.
  inverseOfFactor(engine, factored.factor, matrix);
  const posterior = inverseForms(engine.heap.f64(matrix, pixels * pixels), factored, graph);
  inSources(engine.heap.f64(matrix, pixels * pixels), factored);
  const perRow = mapping.pixIndexes.length / Math.max(1, dirtyImage.length);
  const sums = arena.zeros(2 * dirtyImage.length * (perRow + 2));
  addProducts(engine, operator, columns, passing, {
    pixels,
    indexes: arena.putI32(mapping.pixIndexes),
    perRow,
    X: matrix,
    s: arena.putF64(reconstruction),
    q: arena.putF64(response),
    sums,
  });
  const derivatives = evidenceDerivatives({
    graph,
    pixIndexes: mapping.pixIndexes,
    reconstruction,
    response,
    ...productsOf(engine.heap.f64(sums, 2 * dirtyImage.length * (perRow + 2)), dirtyImage, perRow),
    posterior,
    prior,
  });
  return { ...derivativeResults(derivatives, args), ...terms, reconstruction: real(reconstruction) };
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
  return { convolution: methodOf(engine, KEPT), strips: methodOf(engine, 0) };
}

function methodOf(engine: Engine, kept: number) {
  const isKept = ({ M, S }: Sizes) => M * S <= kept;
  return {
    cost: (sizes: Sizes) => {
      const { M, S, B, N, nonZeros = M * B } = sizes;
      const passes = isKept(sizes) ? 2 : 3;
      return {
        flops: passes * convolutionFlops(sizes) + 2 * nonZeros * S + S ** 3,
        bytes: 48 * N * N + 60 * M * B + 32 * S * S + 8 * Math.min(M * S, kept),
        time: nonZeros * (0.09 * passes * M + 0.35 * S) + 0.12 * S ** 3,
      };
    },
    run: (args: Args, { sizes }: RunContext) =>
      engine.scoped((arena) => derivativesFrom(engine, arena, prepare(engine, arena, args, sizes), args, kept)),
    bind(args: Args, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!bound(fixed, compactSource.from)) return undefined;
      const { value: operator, dispose } = keep(engine, (arena) => prepare(engine, arena, args, sizes));
      return {
        run: (all: Args) => engine.scoped((arena) => derivativesFrom(engine, arena, operator, all, kept)),
        dispose,
      };
    },
  };
}
