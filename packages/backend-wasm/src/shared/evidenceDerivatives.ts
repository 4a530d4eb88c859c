import type { KernelResult, KernelRunArgs, RunContext, Sizes } from '@wtilde/core-types';
import { compactSource, evidenceWithDerivatives, type MappedProducts, sparseMappingOf } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, type PlacedColumns, placeColumns } from '../fourier/curvatureConvolution.js';
import { operatorOf } from '../fourier/curvatureOperator.js';
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
import { convolutionFlops } from './curvatureMethods.js';
import { bound, keep } from './kept.js';

type Args = KernelRunArgs<'evidenceDerivativesViaWCompactFrom'>;

/**
 * Numbers of W T that are kept between F and the derivatives, at most: 256 MB. Where W T is larger, F is made without it,
 * and then W T strip by strip, at half as much work again.
 */
const KEPT = 2 ** 25;

/** The operator of a dataset, prepared for any mapping. */
function prepare(engine: Engine, arena: Arena, args: Args, sizes: Sizes): WholeOperator {
  return wholeOperator(engine, arena, operatorOf(compactSource, arena, args, sizes), args.wCompact.data);
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
  const { pixels } = args;
  const mapping = sparseMappingOf(args);
  const columns = placeColumns(arena, operator, mapping);
  const passing = passingOf(arena, operator, pixels, kept);
  const matrix = arena.f64(pixels * pixels);
  return evidenceWithDerivatives(args, {
    prior: (graph) => graphDerivatives(engine, graph),
    factor(regularization) {
      makeCurvature(engine, operator, columns, passing, matrix);
      return factorEvidence(engine, arena, matrix, regularization);
    },
    inverse({ factor }) {
      // F has served: the inverse takes its place.
      inverseOfFactor(engine, factor, matrix);
      return engine.heap.f64(matrix, pixels * pixels);
    },
    products(_inverse, s, q) {
      const rows = args.dirtyImage.data.length;
      const perRow = mapping.pixIndexes.length / Math.max(1, rows);
      const sums = arena.zeros(2 * rows * (perRow + 2));
      addProducts(engine, operator, columns, passing, {
        pixels,
        indexes: arena.putI32(mapping.pixIndexes),
        perRow,
        X: matrix,
        s: arena.putF64(s),
        q: arena.putF64(q),
        sums,
      });
      return productsOf(engine.heap.f64(sums, 2 * rows * (perRow + 2)), rows, perRow);
    },
  });
}

/** The products from their pairs. */
function productsOf(sums: Float64Array, rows: number, perRow: number): MappedProducts {
  const covariance = new Float64Array(rows * perRow);
  const fit = new Float64Array(rows);
  const responseImage = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let e = i * perRow; e < (i + 1) * perRow; e++, at += 2) covariance[e] = sums[at] + sums[at + 1];
    fit[i] = sums[at] + sums[at + 1];
    responseImage[i] = sums[at + 2] + sums[at + 3];
    at += 4;
  }
  return { covariance, fit, responseImage };
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
