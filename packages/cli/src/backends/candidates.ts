import type { Backend, Precision } from '@wtilde/core-types';
import { loadOptional } from './optional.js';

/** A backend that the command line knows of, whether it is installed or not. */
export interface Candidate {
  readonly id: string;
  readonly precision: Precision;
  /**
   * Imports and creates it.
   *
   * @param threads that it may share its work among, where it does; by default what it thinks best.
   */
  load(threads?: number): Promise<Backend>;
}

/** Every backend that there is, in the order of tables. A new one is a line here. */
export const candidates: readonly Candidate[] = [
  {
    id: 'reference',
    precision: 'float64',
    load: async () => (await import('@wtilde/backend-reference')).createReferenceBackend(),
  },
  {
    id: 'loops',
    precision: 'float64',
    load: async () => (await import('@wtilde/backend-loops')).createLoopsBackend(),
  },
  {
    id: 'wasm',
    precision: 'float64',
    load: async (threads) => {
      const { createWasmBackend } = await import('@wtilde/backend-wasm');
      return await createWasmBackend({ env: process.env, threads });
    },
  },
  {
    id: 'tfjs',
    precision: 'float32',
    load: () => loadOptional('tfjs', 'createTfjsBackend', () => import('@wtilde/backend-tfjs')),
  },
  {
    id: 'webgpu',
    precision: 'float32',
    load: () => loadOptional('webgpu', 'createWebgpuBackend', () => import('@wtilde/backend-webgpu')),
  },
];
