/** The kernels of wtilde on TensorFlow.js. */
export { createTfjsBackend, type TfjsBackend, type TfjsOptions } from './createTfjsBackend.js';
export type { Attempt, AttemptReason } from './engine/attempt.js';
export type { EngineName } from './engine/engine.js';
