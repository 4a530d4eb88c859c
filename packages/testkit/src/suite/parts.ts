/** The parts of an equivalence suite, registered on the runner. */
import { type Backend, findKernel, type KernelDescriptor, kernelOf } from '@wtilde/core-types';
import { accumulatedKernels, accumulating } from '../checks/accumulating.js';
import { passesOf } from '../checks/accumulators.js';
import type { RandomOptions } from '../checks/random.js';
import { allWays, datasetsFor, lackingKernel, wayChecks } from '../checks/routes.js';
import type { CrossingDataset } from '../datasets/crossing.js';
import type { TestDataset } from '../datasets/dataset.js';
import type { Oracle } from '../oracle/oracle.js';
import type { Case, KnownFailure } from '../plan/case.js';
import { all } from '../plan/case.js';
import { plan } from '../plan/plan.js';
import { sizingOf } from '../plan/sizing.js';
import { properties, propertyCheck } from '../properties/all.js';
import type { Report } from '../report/report.js';
import type { Runner } from '../runner/runner.js';
import { kernelChecks } from './kernelChecks.js';
import { registerCheck, registerFailed, registerSkipped } from './register.js';

/** What every part works with. */
export interface SuiteRun {
  readonly runner: Runner;
  readonly backend: Backend;
  readonly reference: Backend;
  readonly oracle: Oracle;
  readonly descriptors: readonly KernelDescriptor[];
  readonly datasets: readonly TestDataset[];
  readonly crossing: readonly CrossingDataset[];
  readonly knownFailures: readonly KnownFailure[];
  readonly budget: number;
  readonly random: RandomOptions;
  readonly report: Report | undefined;
}

/** Every kernel by itself, in the order of the catalogue. */
export function registerKernels(setting: SuiteRun): void {
  const { runner, backend, descriptors, datasets, crossing, knownFailures } = setting;
  const cases = plan(descriptors, backend, datasets, setting);
  for (const descriptor of descriptors) {
    runner.describe(`${descriptor.name} (#${descriptor.number})`, () => {
      const own = cases.filter(({ kernel }) => kernel === descriptor.name);
      for (const planned of own) registerUnlessRun(runner, planned);
      const kernel = kernelOf(backend, descriptor.name);
      if (kernel === undefined) return;
      const subject = { ...setting, kernel, descriptor };
      for (const check of kernelChecks(subject, own, datasets, crossing, setting.random)) {
        registerCheck(runner, check, knownFailures);
      }
    });
  }
}

/** Equivalence groups, and composite kernels by their steps. */
export function registerRoutes(setting: SuiteRun): void {
  const { runner, backend, descriptors, datasets, reference, oracle, knownFailures, budget, report } = setting;
  for (const way of allWays(descriptors)) {
    runner.describe(`${way.group} by its routes`, () => {
      const lacking = lackingKernel(way, backend);
      if (lacking !== undefined) registerSkipped(runner, way.name, `${lacking} is not implemented`);
      else {
        for (const dataset of datasetsFor(way, datasets, reference, budget)) {
          for (const check of wayChecks(way, backend, dataset, oracle, report)) {
            registerCheck(runner, check, knownFailures);
          }
        }
      }
    });
  }
}

/** Visibilities in chunks. */
export function registerAccumulators({ runner, backend, datasets, reference, oracle, knownFailures }: SuiteRun): void {
  runner.describe('accumulators', () => {
    const passes = passesOf(backend);
    if (typeof passes === 'string') return registerSkipped(runner, 'accumulators', passes);
    const feeding = feedingAll(accumulatedKernels, datasets, reference);
    for (const check of accumulating(backend, passes, feeding, oracle)) registerCheck(runner, check, knownFailures);
  });
}

/** What holds whatever the reference says. */
export function registerProperties({ runner, backend, datasets, reference, oracle, knownFailures }: SuiteRun): void {
  runner.describe('properties', () => {
    for (const property of properties) {
      const lacking = property.kernels.find((name) => kernelOf(backend, name) === undefined);
      const feeding = feedingAll([...property.kernels, ...(property.judges ?? [])], datasets, reference);
      if (lacking !== undefined) registerSkipped(runner, property.name, `${lacking} is not implemented`);
      else if (feeding.length === 0) registerSkipped(runner, property.name, 'no dataset holds its inputs');
      else registerCheck(runner, propertyCheck(property, backend, feeding, oracle), knownFailures);
    }
  });
}

/** Cases that are not run are tests too: skipped with their reason, or failed where nothing tests a kernel. */
function registerUnlessRun(runner: Runner, { kernel, method, dataset, expected, reason }: Case): void {
  const title = method === all ? kernel : `${method} on ${dataset}`;
  if (expected === 'no-data') registerFailed(runner, title, `${reason}: add them to a dataset`);
  else if (expected !== 'run' && expected !== 'known-failure') registerSkipped(runner, title, reason);
}

/** The datasets that hold the inputs of all these kernels. */
function feedingAll(
  names: readonly string[],
  datasets: readonly TestDataset[],
  reference: Backend,
): readonly TestDataset[] {
  const needed = names.map(findKernel);
  return datasets.filter((dataset) => needed.every((kernel) => sizingOf(kernel, dataset, reference) !== undefined));
}
