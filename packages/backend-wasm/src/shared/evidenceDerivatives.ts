import {
  type Cost,
  type KernelResult,
  type KernelRunArgs,
  type NdArray,
  type RunContext,
  real,
  type Sizes,
} from '@wtilde/core-types';
import {
  compactSource,
  evidenceByGraph,
  evidenceByMapping,
  evidenceWithDerivatives,
  type MappedProducts,
  mirroredLower,
  type RegularizationForm,
  sparseMappingOf,
  type WeightedGraph,
} from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { curvatureByConvolution, type PlacedColumns, placeColumns } from '../fourier/curvatureConvolution.js';
import { operatorOf } from '../fourier/curvatureOperator.js';
import {
  type LostColumns,
  loseProducts,
  lostColumnsOf,
  mappedLost,
  subtractSquare,
  wovenColumnsOf,
} from '../fourier/lostColumns.js';
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

/** W loses nothing where there are no columns. */
interface MayLose {
  readonly lostColumns?: NdArray<'real'>;
}
type Args = KernelRunArgs<'evidenceDerivativesViaWCompactFrom'> & MayLose;
type MiddleArgs = KernelRunArgs<'evidenceDerivativesByGraphFrom'>;
type EndArgs = KernelRunArgs<'evidenceDerivativesByMappingViaWCompactFrom'>;
type CompactArgs = Pick<Args, 'wCompact' | 'nativeIndexForSlimIndex'>;

/**
 * Numbers of W T that are kept between F and the derivatives, at most: 256 MB. Where W T is larger, F is made without it,
 * and then W T strip by strip, at half as much work again.
 */
const KEPT = 2 ** 25;

/** W, prepared for any mapping, and what it loses. */
interface Prepared extends WholeOperator {
  readonly lost: (LostColumns & { readonly woven: number }) | undefined;
}

function prepare(engine: Engine, arena: Arena, args: CompactArgs & MayLose, sizes: Sizes): Prepared {
  const operator = wholeOperator(engine, arena, operatorOf(compactSource, arena, args, sizes), args.wCompact.data);
  const { lostColumns: U } = args;
  const lost = U && {
    ...lostColumnsOf(engine, arena, operator, U),
    woven: wovenColumnsOf(engine, arena, operator, U),
  };
  return { ...operator, lost };
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

/** How one factorization goes here, of the F (S, S) that `curvature` leaves at `matrix`: the inverse takes its place. */
const factoredWork = (engine: Engine, arena: Arena, matrix: number, curvature: () => void) => ({
  prior: (graph: WeightedGraph) => graphDerivatives(engine, graph),
  factor(regularization: RegularizationForm) {
    curvature();
    return factorEvidence(engine, arena, matrix, regularization);
  },
  inverse({ factor }: ReturnType<typeof factorEvidence>) {
    inverseOfFactor(engine, factor, matrix);
    return engine.heap.f64(matrix, factor.order ** 2);
  },
});

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

/** W T by the inverse that stands at `matrix`, by s and by q. */
function productsFrom(
  engine: Engine,
  arena: Arena,
  operator: WholeOperator,
  { columns, passing }: Mapped,
  args: EndArgs | Args,
  { X, s, q }: { readonly X: number; readonly s: Float64Array; readonly q: Float64Array },
  lose: (operands: ProductOperands) => void = () => {},
): MappedProducts {
  const rows = args.dirtyImage.data.length;
  const { pixIndexes } = sparseMappingOf(args);
  const perRow = pixIndexes.length / Math.max(1, rows);
  const length = 2 * rows * (perRow + 2);
  const sums = arena.zeros(length);
  const operands = {
    pixels: args.pixels,
    indexes: arena.putI32(pixIndexes),
    perRow,
    X,
    s: arena.putF64(s),
    q: arena.putF64(q),
    sums,
  };
  addProducts(engine, operator, columns, passing, operands);
  lose(operands);
  return productsOf(engine.heap.f64(sums, length), rows, perRow);
}

/** The evidence and its derivatives from one factorization. */
function derivativesFrom(
  engine: Engine,
  arena: Arena,
  operator: Prepared,
  args: Args,
  kept: number,
): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const mapped = mappedOf(arena, operator, args, kept);
  const { pixels } = args;
  const X = arena.f64(pixels ** 2);
  const { lost } = operator;
  const loses = lost && { ...lost, X: mappedLost(engine, arena, lost, mapped.columns) };
  return evidenceWithDerivatives(args, {
    ...factoredWork(engine, arena, X, () => {
      makeCurvature(engine, operator, mapped.columns, mapped.passing, X);
      if (loses !== undefined) subtractSquare(engine, loses.X, pixels, loses.total, X);
    }),
    products: (_inverse, s, q) =>
      productsFrom(engine, arena, operator, mapped, args, { X, s, q }, (operands) => {
        if (loses !== undefined) loseProducts(engine, operator, loses, operands);
      }),
  });
}

/** The middle alone, of an F that somebody else has made. */
export function middleFrom(engine: Engine, args: MiddleArgs): KernelResult<'evidenceDerivativesByGraphFrom'> {
  return engine.scoped((arena) => {
    const work = factoredWork(engine, arena, arena.putF64(args.curvatureMatrix.data), () => {});
    const found = evidenceByGraph(args, args.dataVector.data, work);
    const { data, shape } = found.curvatureRegMatrixInverse;
    return { ...found, curvatureRegMatrixInverse: real(data.slice(), shape) };
  });
}

/** The end alone, with what somebody else has factored: W T is made once. */
function endFrom(
  engine: Engine,
  arena: Arena,
  operator: WholeOperator,
  args: EndArgs,
): KernelResult<'evidenceDerivativesByMappingViaWCompactFrom'> {
  const X = arena.putF64(mirroredLower(args.curvatureRegMatrixInverse).data);
  const [s, q] = [args.reconstruction.data, args.response.data];
  const products = productsFrom(engine, arena, operator, mappedOf(arena, operator, args, 0), args, { X, s, q });
  return evidenceByMapping(args, products);
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

/**
 * The methods of an evidence with its derivatives: W T kept as far as 256 MB go, or in strips of one group.
 *
 * @param more arguments that W is prepared from
 */
export function evidenceDerivativesMethods(engine: Engine, more: readonly string[] = []) {
  const by = (kept: number) => {
    const isKept = ({ M, S }: Sizes) => M * S <= kept;
    return methodOf(
      engine,
      (arena, operator, args: Args) => derivativesFrom(engine, arena, operator, args, kept),
      (sizes) => costOf(sizes, isKept(sizes) ? 2 : 3, kept, sizes.S ** 3),
      [...compactSource.from, ...more],
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
  const { M, S, B, N, Q = 0, nonZeros = M * B } = sizes;
  const lost = 3 * S * S * Q;
  return {
    flops: passes * convolutionFlops(sizes) + 2 * nonZeros * S + cubes + lost,
    bytes: 48 * N * N + 60 * M * B + 32 * S * S + 8 * Math.min(M * S, kept) + 24 * M * Q,
    time: nonZeros * (0.09 * passes * M + 0.35 * S) + 0.12 * (cubes + lost),
  };
}

function methodOf<A extends CompactArgs & MayLose, R>(
  engine: Engine,
  from: (arena: Arena, operator: Prepared, args: A) => R,
  cost: (sizes: Sizes) => Cost,
  bindable: readonly string[] = compactSource.from,
) {
  return {
    cost,
    run: (args: A, { sizes }: RunContext) =>
      engine.scoped((arena) => from(arena, prepare(engine, arena, args, sizes), args)),
    bind(args: A, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!bound(fixed, bindable)) return undefined;
      const { value: operator, dispose } = keep(engine, (arena) => prepare(engine, arena, args, sizes));
      return { run: (all: A) => engine.scoped((arena) => from(arena, operator, all)), dispose };
    },
  };
}
