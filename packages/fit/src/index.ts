export { type EvidenceSource, evidenceObjective } from './evidence/evidenceObjective.js';
export { type Magnification, magnificationOf } from './evidence/magnification.js';
export {
  type Journal,
  type JournalState,
  type JournalStorage,
  keepJournal,
  type RunFacts,
} from './journal/journal.js';
export { type LensModelWithPriors, type ModelOptions, parseModelWithPriors } from './model/lensModelWithPriors.js';
export type { FitParameter, ModelWarning } from './model/parameter.js';
export type { Positions } from './model/positions.js';
export { logUniform, type Prior, type PriorJson, parsePrior, uniform } from './model/prior.js';
export { lensSchema } from './model/schema.js';
export {
  type Evaluation,
  type HowToEvaluate,
  type LogLikelihood,
  type Objective,
  type ObjectiveParameter,
  objectiveOf,
} from './objective.js';
export {
  type Fit,
  type FitNote,
  type Fitted,
  type OptimiseOptions,
  optimise,
  type StartEnd,
} from './optimise/optimise.js';
export type { RunOptions, SearchProgress } from './optimise/search.js';
export { type ImportanceOptions, sampleImportance } from './sample/importance.js';
export { type NestedOptions, sampleNested } from './sample/nested.js';
export { type NutsOptions, sampleNuts } from './sample/nuts.js';
export { type Marginal, marginalsOf, type Posterior, type Quantile } from './sample/posterior.js';
