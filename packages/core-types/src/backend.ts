import type { Appraisals } from './appraisal.js';
import type {
  Catalogue,
  KernelArgs,
  KernelDeviceArgs,
  KernelDeviceResult,
  KernelDeviceRunArgs,
  KernelName,
  KernelResult,
  KernelRunArgs,
} from './catalogue.js';
import type { Sizes } from './descriptor.js';
import type { DocumentedKernels } from './documented.js';
import type { Precision } from './numericClasses.js';
import type { Options } from './options.js';
import type { MethodFacts } from './pick.js';
import type { AccumulatorSpec, AsyncVisibilityAccumulator, VisibilityAccumulator } from './visibilities.js';

/** Facts about a ready backend for people: what it runs on, what it tried. JSON values only. */
export interface BackendInfo {
  readonly summary: string;
  /** False: `keep: 'device'` is ignored and results come back to the host. */
  readonly deviceMemory: boolean;
  /**
   * Where results depend, in their last digits, on the vector instructions that compute: which ones do. Records tell it
   * beside every result.
   */
  readonly simd?: string | undefined;
  readonly [fact: string]: unknown;
}

/** What a running method may want to know besides its arguments. */
export interface RunContext {
  /** Every symbol, and the measures where they were taken. */
  readonly sizes: Sizes;
  readonly options: Options;
}

/** One of several calls: what `run` receives. */
export interface CallOf<A> {
  readonly args: A;
  readonly context: RunContext;
}

// --- What a backend author writes -----------------------------------------------------------------------------------

/** The names of the arguments that a caller has bound. */
export type FixedNames<N extends KernelName> = ReadonlySet<keyof KernelRunArgs<N> & string>;

/** One strategy of one kernel on a synchronous backend. */
export interface SyncMethod<N extends KernelName> extends MethodFacts {
  run(args: KernelRunArgs<N>, context: RunContext): KernelResult<N>;
  /**
   * Prepares the arguments whose names are in `fixed` once: transforms, copies. Called with all arguments of the first
   * call; it may use the fixed ones only. Returns undefined where that gains nothing. The prepared run receives all
   * arguments again and must give what `run` gives.
   */
  bind?(args: KernelRunArgs<N>, fixed: FixedNames<N>, context: RunContext): PreparedSync<N> | undefined;
}

export interface PreparedSync<N extends KernelName> {
  run(args: KernelRunArgs<N>, context: RunContext): KernelResult<N>;
  /** Several calls at once, where that gains something: gives what `run` gives for each, in order. */
  runMany?(calls: readonly CallOf<KernelRunArgs<N>>[]): readonly KernelResult<N>[];
  dispose?(): void;
}

export interface SyncImplementation<N extends KernelName> {
  readonly methods: Readonly<Record<string, SyncMethod<N>>>;
}

export type SyncImplementations = { readonly [N in KernelName]?: SyncImplementation<N> };

/** One strategy of one kernel on an asynchronous backend. */
export interface AsyncMethod<N extends KernelName> extends MethodFacts {
  run(args: KernelDeviceRunArgs<N>, context: RunContext): Promise<KernelResult<N> | KernelDeviceResult<N>>;
  /** As for synchronous methods; fixed arguments may be uploaded. */
  bind?(args: KernelDeviceRunArgs<N>, fixed: FixedNames<N>, context: RunContext): PreparedAsync<N> | undefined;
}

export interface PreparedAsync<N extends KernelName> {
  run(args: KernelDeviceRunArgs<N>, context: RunContext): Promise<KernelResult<N> | KernelDeviceResult<N>>;
  /** As for synchronous methods: such as one submission to a GPU. */
  runMany?(
    calls: readonly CallOf<KernelDeviceRunArgs<N>>[],
  ): Promise<readonly (KernelResult<N> | KernelDeviceResult<N>)[]>;
  dispose?(): void;
}

export interface AsyncImplementation<N extends KernelName> {
  readonly methods: Readonly<Record<string, AsyncMethod<N>>>;
}

export type AsyncImplementations = { readonly [N in KernelName]?: AsyncImplementation<N> };

// --- What a user of a backend sees ----------------------------------------------------------------------------------

interface KernelFacts<N extends KernelName> {
  readonly descriptor: Catalogue[N];
  /** Whether sizes or options exist at which no method can run: every one of them has limits. */
  readonly limited: boolean;
}

/** A kernel of a synchronous backend: call it, or bind some of its arguments first. Results belong to the caller. */
export interface SyncKernel<N extends KernelName> extends KernelFacts<N> {
  (args: KernelArgs<N>, options?: Options): KernelResult<N>;
  /** Fixes arguments: `bind(a)(b)` equals the kernel of `{ ...a, ...b }`. They must not be changed until `dispose`. */
  bind<A extends Partial<KernelArgs<N>>>(fixed: A & Partial<KernelArgs<N>>): SyncBound<N, keyof A>;
  /** The strategies by name, in the order of preference among equals. */
  readonly methods: Readonly<Record<string, MethodFacts>>;
  /** Every symbol and measure of these arguments, as `pick` sees them. */
  sizesOf(args: KernelArgs<N>): Sizes;
  /** What the methods cost at these sizes, and which of them can run. */
  appraise(sizes: Sizes, options?: Options): Appraisals;
}

export interface SyncBound<N extends KernelName, F extends PropertyKey> {
  (rest: Omit<KernelArgs<N>, F>, options?: Options): KernelResult<N>;
  /** Many calls: each gives what it gives alone, bit for bit. All arguments are checked before the first one runs. */
  runMany(rests: readonly Omit<KernelArgs<N>, F>[], options?: Options): readonly KernelResult<N>[];
  /** Frees what binding prepared; the bound kernel cannot be called after it. */
  dispose(): void;
}

/** Where a result is: one signature instead of overloads, for which editors would show no comment. */
type Kept<N extends KernelName, K extends Options['keep']> = [K] extends ['host' | undefined]
  ? KernelResult<N>
  : KernelResult<N> | KernelDeviceResult<N>;

/**
 * A kernel of an asynchronous backend. With `keep: 'device'` the result may be a handle, where the backend can. Host
 * arrays are taken when it is called: they may be changed once it has returned its promise.
 */
export interface AsyncKernel<N extends KernelName> extends KernelFacts<N> {
  <K extends Options['keep'] = undefined>(
    args: KernelDeviceArgs<N>,
    options?: Options & { readonly keep?: K },
  ): Promise<Kept<N, K>>;
  /** As for synchronous kernels; host arrays may be changed once it has returned. */
  bind<A extends Partial<KernelDeviceArgs<N>>>(fixed: A & Partial<KernelDeviceArgs<N>>): AsyncBound<N, keyof A>;
  /** As for synchronous kernels; methods that run elsewhere, such as in a worker, say nothing here: `appraise` asks. */
  readonly methods: Readonly<Record<string, Partial<MethodFacts>>>;
  sizesOf(args: KernelDeviceArgs<N>): Sizes;
  appraise(sizes: Sizes, options?: Options): Promise<Appraisals>;
}

export interface AsyncBound<N extends KernelName, F extends PropertyKey> {
  <K extends Options['keep'] = undefined>(
    rest: Omit<KernelDeviceArgs<N>, F>,
    options?: Options & { readonly keep?: K },
  ): Promise<Kept<N, K>>;
  /** Many calls, at once where the backend can: each gives what it gives alone. */
  runMany<K extends Options['keep'] = undefined>(
    rests: readonly Omit<KernelDeviceArgs<N>, F>[],
    options?: Options & { readonly keep?: K },
  ): Promise<readonly Kept<N, K>[]>;
  dispose(): void;
}

interface BackendFactsV1<Id extends string> {
  /** The version of the contract that the backend keeps. */
  readonly contract: 1;
  readonly id: Id;
  readonly precision: Precision;
  readonly info: BackendInfo;
  /** Frees what the backend holds; its kernels cannot be called after it. */
  dispose?(): void;
}

/**
 * A ready backend whose kernels return at once. A key in `kernels` is the declaration that it is implemented.
 *
 * Frozen, with everything that it is made of: see docs/adr/0011-contract-version-1.md.
 */
export interface SyncBackendV1<I extends KernelName = never, Id extends string = string> extends BackendFactsV1<Id> {
  readonly mode: 'sync';
  /** One pass over visibilities in chunks; where absent, `createKernelAccumulator` does it with the kernels. */
  createAccumulator?(spec: AccumulatorSpec): VisibilityAccumulator;
  readonly kernels: { readonly [N in I]: SyncKernel<N> } & { readonly [N in keyof DocumentedKernels]?: SyncKernel<N> };
}

/** A ready backend whose kernels return promises; frozen as {@link SyncBackendV1} is. */
export interface AsyncBackendV1<I extends KernelName = never, Id extends string = string> extends BackendFactsV1<Id> {
  readonly mode: 'async';
  /** As for synchronous backends. */
  createAccumulator?(spec: AccumulatorSpec): AsyncVisibilityAccumulator;
  readonly kernels: { readonly [N in I]: AsyncKernel<N> } & {
    readonly [N in keyof DocumentedKernels]?: AsyncKernel<N>;
  };
}

export type BackendV1 = SyncBackendV1 | AsyncBackendV1;

/** {@link SyncBackendV1}, the newest there is. */
export type SyncBackend<I extends KernelName = never, Id extends string = string> = SyncBackendV1<I, Id>;

/** {@link AsyncBackendV1}, the newest there is. */
export type AsyncBackend<I extends KernelName = never, Id extends string = string> = AsyncBackendV1<I, Id>;

export type Backend = SyncBackend | AsyncBackend;
