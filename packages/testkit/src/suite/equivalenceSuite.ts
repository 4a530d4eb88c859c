import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels, type Backend } from '@wtilde/core-types';
import { backendFacts } from '../checks/backendFacts.js';
import { type CrossingDataset, crossingDatasets } from '../datasets/crossing.js';
import type { TestDataset } from '../datasets/dataset.js';
import { defaultDatasets } from '../datasets/defaults.js';
import { createOracle, type Oracle } from '../oracle/oracle.js';
import type { KnownFailure } from '../plan/case.js';
import { defaultBudget } from '../plan/plan.js';
import type { Report } from '../report/report.js';
import type { Runner } from '../runner/runner.js';
import { type BackendFactory, obtain } from './obtain.js';
import { registerAccumulators, registerKernels, registerProperties, registerRoutes, type SuiteRun } from './parts.js';
import { registerCheck, registerFailed, registerSkipped } from './register.js';
import { environmentVariables, isRequired } from './required.js';

export interface EquivalenceSuiteOptions {
  /** The functions of a test runner. */
  readonly runner: Runner;
  /** Makes the backend under test; called while the suite is registered and once more for the test of dispose. */
  readonly backend: BackendFactory;
  /** What the backend is called where it cannot be made, and in WTILDE_REQUIRE. Default: its id, or 'backend'. */
  readonly id?: string;
  /** Default: `defaultDatasets()`. */
  readonly datasets?: readonly TestDataset[];
  /** Large in one symbol each, for agreement alone. Default: `crossingDatasets()` of the kernels that are tested. */
  readonly crossing?: readonly CrossingDataset[];
  /** Only these kernels, and neither groups nor properties. Default: all, and both. */
  readonly kernels?: readonly string[];
  readonly knownFailures?: readonly KnownFailure[];
  /** The most operations that the reference may need for a case. */
  readonly budget?: number;
  /** How many random problems per method, and from what seed. Default: 12 from seed 1. */
  readonly random?: { readonly runs?: number; readonly seed?: number };
  /** Told about every comparison. */
  readonly report?: Report;
  /** What says what is right; hand one to several suites and they share its results. Default: a new one. */
  readonly oracle?: Oracle;
  /** Where WTILDE_REQUIRE is looked up. Default: the environment of the process, if there is one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Registers the whole equivalence suite of a backend on a test runner: for every kernel and method agreement with the
 * reference on every dataset and everything else that the contract promises, then equivalent routes, then properties.
 *
 * To be awaited at the top of a test file: which tests there are depends on the backend, which may take time to make.
 * A backend that is not available on this machine gives one skipped test with the reason, or a failed one where
 * WTILDE_REQUIRE names it.
 */
export async function equivalenceSuite(options: EquivalenceSuiteOptions): Promise<void> {
  const { runner, backend: create, environment = environmentVariables() } = options;
  const obtained = await obtain(create);
  if ('absent' in obtained) {
    const id = options.id ?? 'backend';
    const title = `${id} is available`;
    if (isRequired(id, environment)) registerFailed(runner, title, `${obtained.absent} (required by WTILDE_REQUIRE)`);
    else registerSkipped(runner, title, obtained.absent);
    return;
  }
  const { backend } = obtained;
  runner.describe(`${backend.id} (${backend.precision}, ${backend.mode})`, () => {
    registerAll(backend, options);
    runner.afterAll(() => backend.dispose?.());
  });
}

function registerAll(backend: Backend, options: EquivalenceSuiteOptions): void {
  const { runner, kernels, knownFailures = [], random } = options;
  const reference = createReferenceBackend();
  const descriptors = allKernels().filter(({ name }) => kernels?.includes(name) ?? true);
  const setting: SuiteRun = {
    runner,
    backend,
    reference,
    oracle: options.oracle ?? createOracle(reference),
    descriptors,
    datasets: options.datasets ?? defaultDatasets(),
    crossing: options.crossing ?? crossingDatasets(descriptors, reference),
    knownFailures,
    budget: options.budget ?? defaultBudget,
    random: { seed: random?.seed ?? 1, runs: random?.runs ?? 12 },
    report: options.report,
  };
  registerKernels(setting);
  if (kernels !== undefined) return;
  runner.describe('backend', () => {
    for (const check of backendFacts(backend, options.backend)) registerCheck(runner, check, knownFailures);
  });
  registerRoutes(setting);
  registerAccumulators(setting);
  registerProperties(setting);
}
