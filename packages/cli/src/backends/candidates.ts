import type { Backend, Precision } from '@wtilde/core-types';
import { loadOptional } from './optional.js';

/** A backend that the command line knows of, whether it is installed or not. */
export interface Candidate {
  readonly id: string;
  readonly precision: Precision;
  /** Imports and creates it. */
  load(): Promise<Backend>;
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
    load: async () => await (await import('@wtilde/backend-wasm')).createWasmBackend({ env: process.env }),
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
