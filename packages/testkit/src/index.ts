/** Equivalence and benchmark suites for any backend, generated from the descriptors of the kernels. */

export { type BenchmarkCase, type BenchmarkSuiteOptions, benchmarkSuite } from './benchmark/benchmarkSuite.js';
export { type Calibration, calibrate, type Loop, meanOf } from './benchmark/calibration.js';
export { CheckFailed, NotApplicable } from './checkFailed.js';
export { countBytes } from './checks/countBytes.js';
export { type CrossingDataset, crossingDatasets } from './datasets/crossing.js';
export type { TestDataset } from './datasets/dataset.js';
export { defaultDatasets } from './datasets/defaults.js';
export { type Circle, type Problem, problemFields } from './datasets/problem.js';
export { type Fate, type HuntOptions, huntMutants, mutantTable } from './mutants/hunt.js';
export { type Mutant, rebuilt, takes, unchecked, withArguments, withResult } from './mutants/mutant.js';
export { affectedBy, mutants, mutate } from './mutants/mutate.js';
export { shortcutMutants } from './mutants/shortcuts.js';
export { ignoredAfter, sizeMutants } from './mutants/sizes.js';
export { createOracle, type Oracle } from './oracle/oracle.js';
export { all, type Case, type Expected, type KnownFailure } from './plan/case.js';
export { defaultBudget, type PlanOptions, plan } from './plan/plan.js';
export { accuracyDifferences, accuracySummary, accuracyTable } from './report/accuracyTable.js';
export { folded } from './report/markdown.js';
export { createReport, type Measurement, type Report } from './report/report.js';
export {
  namesTable,
  type PlannedBackend,
  supportSummary,
  supportTable,
  symbolTable,
} from './report/supportTable.js';
export { createMemoryRunner, type MemoryRunner, type TestResult } from './runner/memoryRunner.js';
export type { Register, Runner, TestBody, TestContext } from './runner/runner.js';
export { type EquivalenceSuiteOptions, equivalenceSuite } from './suite/equivalenceSuite.js';
export type { BackendFactory } from './suite/obtain.js';
