/** What a user of a dispatcher sees. */
import type {
  Backend,
  Catalogue,
  DocumentedKernels,
  KernelArgs,
  KernelDeviceArgs,
  KernelDeviceResult,
  KernelName,
  KernelResult,
  LooseArgs,
  LooseResult,
  Sizes,
  SyncBackend,
} from '@wtilde/core-types';
import type { ArrayConversion } from './arrayConversion.js';
import type { Environment } from './environment.js';
import type { Explanation } from './explain.js';
import type { DispatcherOptions, DispatchOptions } from './options.js';
import type { Recorded } from './records.js';

/** Where the results of a dispatcher are: on the host, or wherever its conversion leaves them. */
export type Place = 'host' | 'anywhere';

type Placed<N extends KernelName, P extends Place> = P extends 'host'
  ? KernelResult<N>
  : KernelResult<N> | KernelDeviceResult<N>;

type Keep = DispatchOptions['keep'];

/** Where a call leaves its result: where it says, else where its dispatcher does. */
type Kept<N extends KernelName, P extends Place, K extends Keep> = Placed<
  N,
  [K] extends ['host'] ? 'host' : [K] extends [undefined] ? P : 'anywhere'
>;

/** A kernel through the dispatcher: `await kernel(args, options)`, on the backend that its rules choose. */
export interface Dispatched<N extends KernelName, P extends Place> {
  <K extends Keep = undefined>(
    args: KernelDeviceArgs<N>,
    options?: DispatchOptions & { readonly keep?: K },
  ): Promise<Kept<N, P, K>>;
  readonly descriptor: Catalogue[N];
  /**
   * Fixes arguments, checks them once, and lets the backend that each call chooses prepare them once. A composite that
   * runs along its route keeps what follows from them alone. They must not be changed until `dispose`.
   */
  bind<A extends Partial<KernelDeviceArgs<N>>>(fixed: A & Partial<KernelDeviceArgs<N>>): DispatchedBound<N, keyof A, P>;
}

export interface DispatchedBound<N extends KernelName, F extends PropertyKey, P extends Place> {
  <K extends Keep = undefined>(
    rest: Omit<KernelDeviceArgs<N>, F>,
    options?: DispatchOptions & { readonly keep?: K },
  ): Promise<Kept<N, P, K>>;
  /** Many calls, at once where the backend can: each gives what it gives alone. */
  runMany<K extends Keep = undefined>(
    rests: readonly Omit<KernelDeviceArgs<N>, F>[],
    options?: DispatchOptions & { readonly keep?: K },
  ): Promise<readonly Kept<N, P, K>[]>;
  /** A call together with what ran it and, for mixed precision, how far the result may be off. */
  record(rest: Omit<KernelDeviceArgs<N>, F>, options?: DispatchOptions): Promise<Recorded<Placed<N, P>>>;
  dispose(): void;
}

/** {@link Dispatched} over synchronous backends. */
export interface SyncDispatched<N extends KernelName> {
  (args: KernelArgs<N>, options?: DispatchOptions): KernelResult<N>;
  readonly descriptor: Catalogue[N];
  bind<A extends Partial<KernelArgs<N>>>(fixed: A & Partial<KernelArgs<N>>): SyncDispatchedBound<N, keyof A>;
}

export interface SyncDispatchedBound<N extends KernelName, F extends PropertyKey> {
  (rest: Omit<KernelArgs<N>, F>, options?: DispatchOptions): KernelResult<N>;
  /** As of asynchronous dispatchers. */
  runMany(rests: readonly Omit<KernelArgs<N>, F>[], options?: DispatchOptions): readonly KernelResult<N>[];
  /** As of asynchronous dispatchers. */
  record(rest: Omit<KernelArgs<N>, F>, options?: DispatchOptions): Recorded<KernelResult<N>>;
  dispose(): void;
}

interface Explains<E> {
  /**
   * What a call would do: which backend and method, and why not the others. The kernel is named in either spelling;
   * sizes are those that `sizesOf` of a backend's kernel gives, or as many as are known.
   */
  explain(kernel: string, sizes?: Sizes, options?: DispatchOptions): E;
}

/** Every kernel as a method, on whatever backend the rules choose. */
export type Dispatcher<P extends Place = 'host', B extends Backend = Backend> = Explains<Promise<Explanation>> & {
  readonly [N in keyof DocumentedKernels]: Dispatched<N, P>;
} & {
  readonly backends: readonly B[];
  /** A dispatcher with some options changed; this one stays as it is. */
  with<
    B2 extends Backend = B,
    C extends ArrayConversion | undefined = never,
    E extends Environment | undefined = never,
  >(changes: Partial<DispatcherOptions<B2>> & PlaceOptions<C, E>): Dispatcher<PlaceAfter<P, C, E>, B2>;
  /** A call together with what ran it and, for mixed precision, how far the result may be off. */
  record<N extends KernelName>(
    kernel: N,
    args: KernelDeviceArgs<N>,
    options?: DispatchOptions,
  ): Promise<Recorded<Placed<N, P>>>;
  /** `record` for code that knows the kernel only by its name, in either spelling. */
  runByName(kernel: string, args: LooseArgs, options?: DispatchOptions): Promise<Recorded<LooseResult>>;
};

/** {@link Dispatcher} over synchronous backends: nothing is a promise. */
export type SyncDispatcher<B extends SyncBackend = SyncBackend> = Explains<Explanation> & {
  readonly [N in keyof DocumentedKernels]: SyncDispatched<N>;
} & {
  readonly backends: readonly B[];
  with<B2 extends SyncBackend = B>(changes: Partial<SyncDispatcherOptions<B2>>): SyncDispatcher<B2>;
  record<N extends KernelName>(kernel: N, args: KernelArgs<N>, options?: DispatchOptions): Recorded<KernelResult<N>>;
  runByName(kernel: string, args: LooseArgs, options?: DispatchOptions): Recorded<LooseResult>;
};

/** Options of a synchronous dispatcher: there is no device to keep arrays on. */
export type SyncDispatcherOptions<B extends SyncBackend = SyncBackend> = Omit<DispatcherOptions<B>, 'arrayConversion'>;

/** The options that say where results are. */
export interface PlaceOptions<C, E> {
  readonly arrayConversion?: C;
  readonly env?: E;
}

/**
 * Where results are, from the types of these options: on the host, unless they may be `always-device` or are left to an
 * environment that may say so.
 */
export type PlaceOf<C, E> = [C] extends ['always-host' | 'never']
  ? 'host'
  : [C] extends [undefined]
    ? [E] extends [undefined]
      ? 'host'
      : 'anywhere'
    : 'anywhere';

/** The same after changes; `never` stands for what they do not name. */
type PlaceAfter<P extends Place, C, E> = [C, E] extends [never, never]
  ? P
  : PlaceOf<[C] extends [never] ? undefined : C, E>;
