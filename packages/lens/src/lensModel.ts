import type { ModelLight } from './light/linearKinds.js';
import type { MassProfile } from './mass/kinds.js';
import type { Mesh } from './mesh/mesh.js';
import type { Cosmology } from './planes/cosmology.js';
import type { Regularization } from './regularization/kinds.js';

/** A lens, and the light behind it where that is known: what lens.json holds. */
export interface LensModel {
  /** Of the lens. Deflections are those for the source, whatever is between. */
  readonly mass: readonly MassProfile[];
  /** Of the source: seen through the lens. */
  readonly light?: readonly ModelLight[];
  /** Of the lens itself: seen as it is, or through what is before it. */
  readonly lensLight?: readonly ModelLight[];
  /** Where lens and source are; needed with `planes` only. */
  readonly lensRedshift?: number;
  readonly sourceRedshift?: number;
  /** What else is on the way, at other redshifts. */
  readonly planes?: readonly FurtherPlane[];
  /** For the distances between planes; `planck15` when left out. */
  readonly cosmology?: Cosmology;
}

/** What is at a redshift that is neither that of the lens nor that of the source. */
export interface FurtherPlane {
  readonly redshift: number;
  readonly mass?: readonly MassProfile[];
  readonly light?: readonly ModelLight[];
  /** Source pixels of a source on this plane, beside those of the last one. */
  readonly mesh?: Mesh;
  readonly regularization?: Regularization;
}
