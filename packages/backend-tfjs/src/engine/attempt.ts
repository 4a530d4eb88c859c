import type { EngineName } from './engine.js';

/** Why an engine was not taken. */
export type AttemptReason =
  | 'not-installed'
  | 'not-registered'
  | 'binding-missing'
  | 'binding-unloadable'
  | 'broken-install'
  | 'incompatible-node'
  | 'low-precision'
  | 'probe-failed'
  | 'wrong-result';

/** One engine that was tried. */
export type Attempt =
  | { readonly engine: EngineName; readonly ok: true }
  | {
      readonly engine: EngineName;
      readonly ok: false;
      readonly reason: AttemptReason;
      readonly detail: string;
      /** What would make it available. */
      readonly remedy: string;
    };

/** An engine cannot be had here. */
export class EngineMissing extends Error {
  readonly reason: AttemptReason;
  readonly remedy: string;

  constructor(reason: AttemptReason, detail: string, remedy: string) {
    super(detail);
    this.reason = reason;
    this.remedy = remedy;
  }
}
