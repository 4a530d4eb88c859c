import type { AsyncImplementation, AsyncMethod, SyncImplementation, SyncMethod } from './backend.js';
import type { KernelName } from './catalogue.js';

interface Named<N extends KernelName> {
  readonly name: N;
}

/**
 * The strategies of one kernel on a synchronous backend, by name and in the order of preference among equals. What they
 * receive and return is inferred from the descriptor: `implement(kernels.chiSquared0From, { sum: { cost, run } })`.
 */
export function implement<N extends KernelName>(
  _kernel: Named<N>,
  methods: Readonly<Record<string, SyncMethod<NoInfer<N>>>>,
): SyncImplementation<N> {
  return { methods };
}

/** {@link implement} for asynchronous backends. */
export function implementAsync<N extends KernelName>(
  _kernel: Named<N>,
  methods: Readonly<Record<string, AsyncMethod<NoInfer<N>>>>,
): AsyncImplementation<N> {
  return { methods };
}

/** What {@link implementationsOn} makes of a module of kernels. */
export type ImplementationsOn<K> = { readonly [N in keyof K]: K[N] extends (engine: never) => infer I ? I : K[N] };

/**
 * The implementations of a backend: all that its `kernels/index.ts` exports, each an implementation or, where it needs
 * the engine of the backend, a function of that engine.
 */
export function implementationsOn<E, K extends Kernels<NoInfer<E>>>(engine: E, kernels: K): ImplementationsOn<K>;
export function implementationsOn<E>(engine: E, kernels: Kernels<E>): object {
  return Object.fromEntries(
    Object.entries(kernels).map(([name, kernel]) => [name, typeof kernel === 'function' ? kernel(engine) : kernel]),
  );
}

type Kernels<E> = { readonly [N in KernelName]?: Implementation<N> | ((engine: E) => Implementation<N>) };
type Implementation<N extends KernelName> = SyncImplementation<N> | AsyncImplementation<N>;
