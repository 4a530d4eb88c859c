import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type Agreement,
  allKernels,
  type Backend,
  bindDataset,
  type Cost,
  findKernel,
  type KernelDescriptor,
  kernelOf,
  type LooseArgs,
  type LooseKernel,
  type LooseResult,
  runRoute,
  type Sizes,
  type SyncBackend,
} from '@wtilde/core-types';
import { directCallsOf } from '../checks/calling.js';
import { allWays, datasetsFor, lackingKernel, type Way } from '../checks/routes.js';
import { resultOf } from '../contract/looseResult.js';
import type { TestDataset } from '../datasets/dataset.js';
import { defaultDatasets } from '../datasets/defaults.js';
import { createOracle, type Oracle } from '../oracle/oracle.js';
import type { Case } from '../plan/case.js';
import { plan } from '../plan/plan.js';
import { sizingOf } from '../plan/sizing.js';

/** One thing to measure. Fits tinybench: `bench.add(name, run, { beforeAll: setup })`. */
export interface BenchmarkCase {
  readonly name: string;
  /** Cases of one group give the same result, so that their times can be compared. */
  readonly group: string;
  readonly kernel: string;
  readonly method: string;
  readonly dataset: string;
  /** Every symbol of the kernel on the dataset; not of routes. */
  readonly sizes?: Sizes | undefined;
  /** What the method says that it costs; not of routes. */
  readonly cost?: Cost | undefined;
  /** Makes the arguments; to be called before the first run and not to be measured. */
  setup(): void;
  /** What is measured. */
  run(): unknown;
  /** The same without looking at values, `check: 'shapes'`; not of routes. */
  runUnchecked?(): unknown;
  /** The same with all arguments bound but the mapping, which a lens model changes; not of routes. */
  bind?(): { run(): unknown; dispose(): void };
  /**
   * How the result of one more run agrees with the reference's. Where that would cost too much, with that of `inputs`,
   * unless it is measured itself; undefined where nothing is left to judge.
   */
  validate(): Promise<Agreement | undefined>;
}

export interface BenchmarkSuiteOptions {
  readonly backend: Backend;
  /** Default: `defaultDatasets()`, which are small; hand in larger ones to measure anything but overhead. */
  readonly datasets?: readonly TestDataset[];
  /** Default: all. */
  readonly kernels?: readonly string[];
  /** Computes inputs that datasets do not hold. Default: the reference, which is slow. */
  readonly inputs?: SyncBackend;
  /** The most operations that the reference may need for a validation. */
  readonly budget?: number;
}

/** The other ways to call a kernel. */
function othersOf(kernel: LooseKernel, setup: () => LooseArgs, method: string) {
  return {
    runUnchecked: () => kernel(setup(), { method, check: 'shapes' }),
    bind() {
      const call = bindDataset(kernel, setup());
      return { run: () => call({ method }), dispose: call.dispose };
    },
  };
}

/**
 * Everything that can be measured of a backend: every method of every kernel on every dataset that feeds it, and the
 * routes of the equivalence groups side by side. Nothing is computed before `setup`.
 */
export function benchmarkSuite(options: BenchmarkSuiteOptions): readonly BenchmarkCase[] {
  const { backend, datasets = defaultDatasets(), kernels, inputs, budget } = options;
  const reference = createReferenceBackend();
  const judge = createOracle(reference);
  const maker = inputs === undefined ? judge : createOracle(inputs);
  const descriptors = allKernels().filter(({ name }) => kernels?.includes(name) ?? true);
  const cases = plan(descriptors, backend, datasets, { reference, budget });
  const single = cases.flatMap((planned) => {
    const dataset = datasets.find(({ name }) => name === planned.dataset);
    const measurable = planned.expected === 'run' || planned.expected === 'too-big';
    return dataset !== undefined && measurable ? [kernelCase(planned, dataset)] : [];
  });
  const routes = allWays(descriptors)
    .filter((way) => lackingKernel(way, backend) === undefined && descriptors.includes(way.judge))
    .flatMap((way) => datasetsFor(way, datasets, reference, budget).map((dataset) => routeCase(way, dataset)));
  return [...single, ...routes];

  function kernelCase({ kernel: name, method, dataset: on, expected }: Case, dataset: TestDataset): BenchmarkCase {
    const kernel = kernelOf(backend, name);
    const sizes = sizingOf(findKernel(name), dataset, reference)?.sizes;
    const other = inputs === undefined || inputs.id === backend.id ? undefined : maker;
    const judgeOfIt = expected === 'run' ? judge : other;
    let args: LooseArgs | undefined;
    const setup = (): LooseArgs => {
      args ??= maker.argumentsOf(dataset, findKernel(name));
      return args;
    };
    const run = () => kernel?.(setup(), { method });
    return {
      name: `${name} ${method} on ${on}`,
      group: `${name} on ${on}`,
      kernel: name,
      method,
      dataset: on,
      sizes,
      cost: sizes && kernel?.methods[method].cost?.(sizes),
      setup,
      run,
      ...(kernel === undefined ? {} : othersOf(kernel, setup, method)),
      validate: async () => judgeOfIt && verdict(judgeOfIt, findKernel(name), dataset, await resultOf(run())),
    };
  }

  function routeCase(way: Way, dataset: TestDataset): BenchmarkCase {
    let args: LooseArgs | undefined;
    const setup = () => {
      args ??= way.inputs(dataset, maker);
      return args;
    };
    const run = () => runRoute(way.route, setup(), directCallsOf(backend));
    return {
      name: `${way.group} by way of ${way.name} on ${dataset.name}`,
      group: `${way.group} on ${dataset.name}`,
      kernel: way.group,
      method: `route ${way.name}`,
      dataset: dataset.name,
      setup,
      run,
      validate: async () => verdict(judge, way.judge, dataset, await run()),
    };
  }

  function verdict(by: Oracle, kernel: KernelDescriptor, dataset: TestDataset, actual: LooseResult): Agreement {
    const args = maker.argumentsOf(dataset, kernel);
    return by.judge(kernel, args, by.call(kernel.name, args), actual, backend.precision);
  }
}
