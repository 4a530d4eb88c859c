import type { Tensor } from '@tensorflow/tfjs-core';

export const engineNames = ['tensorflow', 'webgpu', 'webgl', 'wasm', 'cpu'] as const;

export type EngineName = (typeof engineNames)[number];

/** A TensorFlow.js backend of our own, beside whatever the application does with TensorFlow.js. */
export interface Engine {
  readonly name: EngineName;
  /**
   * Builds tensors on this engine and fetches their values. The application's own backend is back in place before
   * anything is awaited, and no tensor is left.
   */
  run(build: () => Tensor[]): Promise<Float32Array[]>;
  /** Ends calls at their next build with the error Disposed; values on their way still arrive. */
  dispose(): void;
}
