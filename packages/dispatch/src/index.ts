/** The facade of wtilde: every kernel as a method, on the backend that explicit rules choose, and a word on which. */
export type { ArrayConversion } from './arrayConversion.js';
export { createDispatcher, createSyncDispatcher } from './createDispatcher.js';
export type {
  Dispatched,
  DispatchedBound,
  Dispatcher,
  Place,
  PlaceOf,
  PlaceOptions,
  SyncDispatched,
  SyncDispatchedBound,
  SyncDispatcher,
  SyncDispatcherOptions,
} from './dispatcher.js';
export { type Environment, environmentVariables } from './environment.js';
export {
  type ChosenEvent,
  type ComposedEvent,
  type DispatchEvent,
  describeEvent,
  type FellBackEvent,
  type RefusedEvent,
  type Skipped,
} from './events.js';
export type { Explanation } from './explain.js';
export type {
  DispatcherOptions,
  DispatchOptions,
  KernelGroup,
  PerKernel,
} from './options.js';
export type { ComposedRecord, ErrorEstimate, Recorded, RunRecord, WholeRecord } from './records.js';
