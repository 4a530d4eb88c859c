import type { Backend, KernelName, Options, Precision } from '@wtilde/core-types';
import type { ArrayConversion } from './arrayConversion.js';
import type { Environment } from './environment.js';
import type { DispatchEvent } from './events.js';

/** Kernels that may be named together: all that give F, all that give W. */
export type KernelGroup = 'curvatureMatrix' | 'wTilde';

/** A value for single kernels or groups of them, and one for all others. */
export type PerKernel<T> = { readonly otherwise?: T | undefined } & {
  readonly [K in KernelName | KernelGroup]?: T | undefined;
};

/** How a dispatcher chooses. */
export interface DispatcherOptions<B extends Backend = Backend> {
  /** The ready backends that it may use at all. */
  readonly backends: readonly B[];
  /** The id of the backend that runs a kernel, one for all or by kernel. Default: the first of `backends`. */
  readonly default?: B['id'] | PerKernel<B['id']> | undefined;
  /** Ids of the backends to try in turn where the default cannot run a kernel. Default: none. */
  readonly fallback?: readonly B['id'][] | undefined;
  /** Whether a composite that no backend has whole may run along its route, step by step. Default: true. */
  readonly compose?: boolean | undefined;
  /** Default: 'always-host'. */
  readonly arrayConversion?: ArrayConversion | undefined;
  /**
   * The least precision accepted, for all kernels or by kernel. By kernel, 'float32' also asks for a float32 backend
   * where there is one, and for a composite to be run along its route when one of its steps is named; kernels that are
   * not named then need `otherwise`, which is 'float64'. Default: what the kernel itself needs.
   */
  readonly precision?: Precision | PerKernel<Precision> | undefined;
  /** Told of every choice before anything runs. An error that it throws is the error of the call. */
  readonly onEvent?: ((event: DispatchEvent) => void) | undefined;
  /** Environment variables, such as `process.env`: used for what the options leave open. Never read by itself. */
  readonly env?: Environment | undefined;
}

/** What a caller may ask of one dispatched call. */
export interface DispatchOptions extends Options {
  /** The id of the backend that must run it: strictly, without fallback. */
  readonly backend?: string | undefined;
  /** Told of every choice of this call before anything runs, beside the dispatcher's own. Calls that overlap share nothing. */
  readonly onEvent?: ((event: DispatchEvent) => void) | undefined;
}
