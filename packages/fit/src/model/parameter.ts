import type { Prior } from './prior.js';

/** A number that is to be found: where lens.json has it, and what is believed of it before the data. */
export interface FitParameter {
  /** Such as mass.0.einsteinRadius, mass.0.centre.1, regularization.coefficient. */
  readonly path: string;
  readonly prior: Prior;
  readonly doc: string;
  /** Absent where it is a pure number. */
  readonly unit?: string;
}

/** Something of a model with priors that will hardly work as meant. */
export interface ModelWarning {
  readonly code: 'SingularParameter' | 'UnusedAdaptImage';
  readonly what: string;
  readonly where: string;
  readonly values: string;
  readonly remedy: string;
}
