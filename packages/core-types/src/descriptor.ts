import type { DType, Handle, NdArray } from './arrays.js';
import type { LooseArgs } from './loose.js';
import type { NumericClass, Yardsticks } from './numericClasses.js';
import type { Solve } from './options.js';
import type { Route } from './routes.js';

/** One extent of a shape: a number, a symbol ('K') or an affine form of one symbol ('2N-1', '2Ny'). */
export type Dim = number | string;

/** What the symbols of a kernel came to in one call, and the measured facts beside them. */
export type Sizes = Readonly<Record<string, number>>;

/**
 * What is asked of the elements of an array, checked unless `check: 'shapes'`.
 * - `finite`: no NaN and no infinity.
 * - `nonZero`: finite and not zero, real and imaginary part each.
 * - `withRequirement`: a requirement of the kernel looks at them together with other arguments.
 * - a range: integers from `from` up to but not including `below`, one bound per column of the last axis where a
 *   list is given.
 */
export type ValueRule =
  | 'finite'
  | 'nonZero'
  | 'withRequirement'
  | { readonly from: number; readonly below: Dim | readonly Dim[] };

interface ParamBase {
  readonly doc: string;
  /** Names under which python-autojax and its data files know the argument, the usual one first. */
  readonly upstream?: readonly string[];
  readonly optional: boolean;
}

export interface ArrayParam<D extends DType = DType, O extends boolean = boolean> extends ParamBase {
  readonly kind: 'array';
  readonly dtype: D;
  readonly dims: readonly Dim[];
  readonly values: ValueRule;
  /** Only the lower triangle of the matrix is read: what stands above the diagonal does not count. */
  readonly triangle?: 'lower';
  readonly optional: O;
}

export interface ScalarParam extends ParamBase {
  readonly kind: 'scalar';
  readonly type: 'real' | 'size';
  /** The symbol that a size sets. */
  readonly binds?: string;
  readonly minimum?: number;
  /** Used when the caller gives none; a symbol stands for its size. */
  readonly default?: Dim;
}

/** Two numbers (y, x): a shape, a pixel scale per axis, a centre. */
export interface PairParam extends ParamBase {
  readonly kind: 'pair';
  readonly type: 'real' | 'size';
  readonly binds?: readonly [string, string];
  /** Every entry must be greater than this. */
  readonly above?: number;
  readonly default?: readonly [number, number];
}

export type Param = ArrayParam | ScalarParam | PairParam;
export type Params = Readonly<Record<string, Param>>;

export interface ArrayResult<D extends DType = DType> {
  readonly kind: 'array';
  readonly dtype: D;
  readonly dims: readonly Dim[];
  readonly numericClass: NumericClass;
  readonly doc: string;
  /** Set where the elements are derivatives: the generated suite then holds them against differences. */
  readonly derivativeOf?: DerivativeOf;
}

/**
 * The number that an array of derivatives is of, and by which argument: element for element, in the shape of the
 * argument. Where the argument is a symmetric matrix (`triangle: 'lower'`), both elements of a pair move, and their
 * derivatives add up.
 */
export interface DerivativeOf {
  /** The kernel that the number is a result of; the one with the derivatives where left out. */
  readonly kernel?: string;
  /** Which entry of its record; its result is a number where left out. */
  readonly entry?: string;
  /** The argument of that kernel. */
  readonly by: string;
  /** The argument lists edges of `neighbors` from both ends: they move together, and either end has the derivative. */
  readonly edges?: true;
}

export interface ScalarResult {
  readonly kind: 'scalar';
  readonly numericClass: NumericClass;
  readonly doc: string;
}

export interface RecordResult<E extends Entries = Entries> {
  readonly kind: 'record';
  readonly entries: E;
  readonly doc: string;
}

export type Entries = Readonly<Record<string, ArrayResult | ScalarResult>>;
export type ResultSpec = ArrayResult | ScalarResult | RecordResult;

/** A condition that ties arguments together. It returns what is wrong, or nothing. */
export interface Requirement<A> {
  /** The arguments that it looks at; it is checked as soon as those present among them are known. */
  readonly over: readonly string[];
  check(args: A, sizes: Sizes): Violation | undefined;
}

export interface Violation {
  readonly code: 'InvalidValue' | 'IndexOutOfRange' | 'ShapeMismatch' | 'MissingArgument';
  readonly argument: string;
  readonly what: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly remedy: string;
}

/** A size found by looking at values, such as the number of non-zeros of a mapping: methods are chosen by it. */
export interface Measure<A> {
  readonly doc: string;
  of(args: A, sizes: Sizes): number;
}

/**
 * One kernel, described once. Types, validation, dispatch, tests, benchmarks, documentation and the command line are
 * all derived from this value.
 */
export interface KernelDescriptor {
  readonly name: string;
  /** The name that users of PyAutoLens and python-autojax know. */
  readonly upstream: string;
  /**
   * Its number in the catalogue, which orders lists and never changes: those of upstream are 1 to 20, ours go on in the
   * order in which they came. A test sees that every number is given once.
   */
  readonly number: number;
  /** `wtilde` where the kernel is ours and the upstream name is one that we chose. */
  readonly origin: 'upstream' | 'wtilde';
  /** The definition in one line of plain text. */
  readonly formula: string;
  readonly params: Params;
  readonly returns: ResultSpec;
  /** Backends below this precision do not implement the kernel. */
  readonly minimumPrecision: 'float32' | 'float64';
  /** Where the signature or meaning differs from upstream's. */
  readonly upstreamDifference?: string;
  /** What arguments must fulfil together. */
  readonly requires: readonly Requirement<LooseArgs>[];
  /** Facts about values that the choice of a method may need. */
  readonly measures: Readonly<Record<string, Measure<LooseArgs>>>;
  /**
   * The arrays of which every value enters some element of the result by sums and products: a NaN or an infinity in one
   * of them is seen in the result, which may be looked at instead. For arrays that take as long to look at as to use.
   */
  shownByResult?(args: LooseArgs, sizes: Sizes): readonly string[];
  /** The yardsticks of the numeric classes that need one. */
  yardsticks?(args: LooseArgs, sizes: Sizes): Yardsticks;
  /** The sources that an evidence may be asked for by the option `solve`; absent where there is nothing to choose. */
  readonly solves?: readonly Solve[];
  /** Composites: the steps over other kernels that give the same result. */
  readonly route?: Route;
}

/** A descriptor that remembers its name, parameters and results as types. */
export interface TypedDescriptor<N extends string, P extends Params, R extends ResultSpec> extends KernelDescriptor {
  readonly name: N;
  readonly params: P;
  readonly returns: R;
}

/** A descriptor as it is written: `defineKernel` fills in the rest. */
type Draft<N extends string, P extends Params, R extends ResultSpec> = Omit<
  TypedDescriptor<N, P, R>,
  'origin' | 'requires' | 'measures' | 'yardsticks' | 'shownByResult'
> & {
  readonly origin?: 'wtilde';
  readonly requires?: readonly Requirement<RunArgs<NoInfer<P>>>[];
  readonly measures?: Readonly<Record<string, Measure<RunArgs<NoInfer<P>>>>>;
  shownByResult?(args: RunArgs<NoInfer<P>>, sizes: Sizes): readonly (keyof P & string)[];
  yardsticks?(args: RunArgs<NoInfer<P>>, sizes: Sizes): Yardsticks;
};

type LooseDraft = Omit<KernelDescriptor, 'origin' | 'requires' | 'measures'> &
  Partial<Pick<KernelDescriptor, 'origin' | 'requires' | 'measures'>>;

/** Makes a descriptor; the types of the kernel's arguments and result are inferred from it. */
export function defineKernel<const N extends string, const P extends Params, const R extends ResultSpec>(
  draft: Draft<N, P, R>,
): TypedDescriptor<N, P, R>;
export function defineKernel(draft: LooseDraft): KernelDescriptor {
  return { origin: 'upstream', requires: [], measures: {}, ...draft };
}

// --- Types inferred from a descriptor -------------------------------------------------------------------------------

type HostValue<P extends Param> =
  P extends ArrayParam<infer D> ? NdArray<D> : P extends ScalarParam ? number : readonly [number, number];

type DeviceValue<P extends Param> = P extends ArrayParam<infer D> ? NdArray<D> | Handle<D> : HostValue<P>;

type Optional<P extends Params> = { [K in keyof P]: P[K] extends { optional: true } ? K : never }[keyof P];
type Absent<P extends Params> = {
  [K in keyof P]: P[K] extends { optional: true; kind: 'array' } ? K : never;
}[keyof P];

/** Arguments as a caller gives them. */
export type HostArgs<P extends Params> = {
  readonly [K in Exclude<keyof P, Optional<P>>]: HostValue<P[K]>;
} & { readonly [K in Optional<P>]?: HostValue<P[K]> | undefined };

/** Arguments of an asynchronous kernel: arrays may live on its device. */
export type DeviceArgs<P extends Params> = {
  readonly [K in Exclude<keyof P, Optional<P>>]: DeviceValue<P[K]>;
} & { readonly [K in Optional<P>]?: DeviceValue<P[K]> | undefined };

/** Arguments as an implementation receives them: validated, scalar defaults filled in. */
export type RunArgs<P extends Params> = {
  readonly [K in Exclude<keyof P, Absent<P>>]: HostValue<P[K]>;
} & { readonly [K in Absent<P>]?: HostValue<P[K]> | undefined };

/** {@link RunArgs} of an asynchronous kernel. */
export type DeviceRunArgs<P extends Params> = {
  readonly [K in Exclude<keyof P, Absent<P>>]: DeviceValue<P[K]>;
} & { readonly [K in Absent<P>]?: DeviceValue<P[K]> | undefined };

type HostLeaf<R> = R extends ArrayResult<infer D> ? NdArray<D> : number;
type DeviceLeaf<R> = R extends ArrayResult<infer D> ? Handle<D> : number;

/** The result on the host: an array, a number, or a record of them. */
export type HostResult<R extends ResultSpec> =
  R extends RecordResult<infer E> ? { readonly [K in keyof E]: HostLeaf<E[K]> } : HostLeaf<R>;

/** The result left on the device. */
export type DeviceResult<R extends ResultSpec> =
  R extends RecordResult<infer E> ? { readonly [K in keyof E]: DeviceLeaf<E[K]> } : DeviceLeaf<R>;
