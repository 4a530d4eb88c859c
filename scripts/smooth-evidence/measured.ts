import type { Continuity } from './continuity.ts';
import type { Descents } from './lbfgs.ts';
import type { Pair, Roughness } from './roughness.ts';

/** What docs/smooth-evidence.json holds. */
export interface Measured {
  readonly lenses: Readonly<Record<string, Readonly<Record<Pair, Roughness & { readonly jump: number }>>>>;
  readonly continuity: Continuity;
  /** Changes of the evidence by symmetry. */
  readonly ties: Readonly<Record<Pair, Readonly<Record<string, number>>>>;
  readonly descents: Readonly<Record<string, Descents>>;
}
