import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type Backend,
  compare,
  createValidator,
  kernelOf,
  type LooseKernel,
  type LooseResult,
} from '@wtilde/core-types';
import { readNpz } from '@wtilde/data';
import { CheckFailed } from '../checkFailed.js';
import type { Check } from '../checks/check.js';
import { resultOf } from '../contract/looseResult.js';
import { copyArgs, isHostArray } from '../contract/values.js';
import type { TestDataset } from '../datasets/dataset.js';
import { createOracle, type Oracle } from '../oracle/oracle.js';
import type { Report } from '../report/report.js';
import type { Runner } from '../runner/runner.js';
import { type BackendFactory, obtain } from '../suite/obtain.js';
import { registerCheck, registerSkipped } from '../suite/register.js';
import { type GoldenCase, goldenCases, goldenFields, partOf } from './goldenCases.js';
import { goldenFolder } from './goldenFolder.js';
import { sevenFixture } from './sevenFixture.js';

export interface GoldenSuiteOptions {
  readonly runner: Runner;
  readonly backend: BackendFactory;
  /** Where the files are. Default: WTILDE_GOLDEN, `shared/golden` beside the repository, or `golden` in it. */
  readonly folder?: string;
  readonly report?: Report;
}

const files = ['generated-default', 'sma', 'alma-high-res', 'odd'];

/**
 * Registers a test for every result that is stored in the golden files, for each method of the kernel. What is not
 * there is a skipped test that says so. To be awaited at the top of a test file.
 */
export async function goldenSuite(options: GoldenSuiteOptions): Promise<void> {
  const { runner, folder = goldenFolder(), report } = options;
  const obtained = await obtain(options.backend);
  if ('absent' in obtained) return registerSkipped(runner, 'golden files', obtained.absent);
  const { backend } = obtained;
  const oracle = createOracle(createReferenceBackend());
  runner.describe(`${backend.id} against golden files`, () => {
    for (const name of files) {
      const file = join(folder, `${name}.npz`);
      if (!existsSync(file)) {
        registerSkipped(runner, name, `${name}.npz is not there`);
        continue;
      }
      const arrays = readNpz(readFileSync(file), { where: file });
      register({ name, doc: 'golden file', fields: goldenFields(arrays) }, goldenCases(arrays));
    }
    const seven = join(folder, 'seven.json');
    if (!existsSync(seven)) registerSkipped(runner, 'seven', 'seven.json is not there');
    else {
      const { dataset, cases } = sevenFixture(JSON.parse(readFileSync(seven, 'utf8')));
      register(dataset, cases);
    }
    runner.afterAll(() => backend.dispose?.());
  });

  function register(dataset: TestDataset, cases: readonly GoldenCase[]): void {
    runner.describe(dataset.name, () => {
      for (const stored of cases) {
        const kernel = kernelOf(backend, stored.kernel.name);
        if (kernel === undefined) registerSkipped(runner, stored.name, `${stored.kernel.name} is not implemented`);
        else {
          for (const method of Object.keys(kernel.methods)) {
            registerCheck(runner, goldenCheck({ backend, kernel, oracle, report }, dataset, stored, method), []);
          }
        }
      }
    });
  }
}

interface GoldenRun {
  readonly backend: Backend;
  readonly kernel: LooseKernel;
  readonly oracle: Oracle;
  readonly report: Report | undefined;
}

function goldenCheck(setting: GoldenRun, dataset: TestDataset, stored: GoldenCase, method: string): Check {
  const { backend, kernel, oracle, report } = setting;
  const at = { kernel: stored.kernel.name, method, dataset: dataset.name };
  return {
    ...at,
    check: 'golden',
    title: `${stored.name} by ${method}`,
    async run() {
      const args = oracle.argumentsOf(dataset, stored.kernel);
      const actual = partOf(await resultOf(kernel(copyArgs(args), { method })), stored);
      const { ok, error, allowed, message } = held(stored, args, actual);
      const { id, precision } = backend;
      report?.record({ backend: id, precision, ...at, dataset: `${dataset.name} (stored)`, error, allowed });
      if (!ok) throw new CheckFailed(`${stored.name} of ${dataset.name} by ${method}: ${message}`);
    },
  };

  function held(
    { kernel: descriptor, expected, allowed }: GoldenCase,
    given: ReturnType<typeof copyArgs>,
    actual: LooseResult,
  ) {
    // The files tell what float64 keeps; float32 is held to its numeric class.
    if (allowed !== undefined && backend.precision === 'float64') return within(expected, actual, allowed);
    const { args, sizes } = createValidator(descriptor).validate(given, 'shapes');
    const yardsticks = descriptor.yardsticks?.(args, sizes);
    return compare(descriptor.returns, expected, actual, { precision: backend.precision, yardsticks });
  }
}

/** Every number within an absolute difference. */
function within(expected: GoldenCase['expected'], actual: LooseResult, allowed: number) {
  const found = isHostArray(actual) ? actual.data : [Number(actual)];
  const wanted = Array.from(expected.data);
  const error = wanted.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (found[at] ?? Number.NaN))), 0);
  const ok = found.length === wanted.length && error <= allowed;
  return { ok, error, allowed, message: `off by ${error.toExponential(2)}, allowed ${allowed.toExponential(2)}` };
}
