import { describeError } from '../checkFailed.js';
import type { Register, Runner, TestBody } from './runner.js';

/** What became of one test. */
export interface TestResult {
  /** The names of the groups around it and its own. */
  readonly path: readonly string[];
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason: string | undefined;
}

/** A runner that keeps the tests to itself: to look at what a suite registers, and to run suites within tests. */
export interface MemoryRunner extends Runner {
  /** Runs everything registered, in order; with `bail` up to the first failure. */
  run(options?: { readonly bail?: boolean }): Promise<readonly TestResult[]>;
}

interface Registered {
  readonly path: readonly string[];
  /** Undefined for a test that was registered as skipped. */
  readonly body: TestBody | undefined;
}

export function createMemoryRunner(): MemoryRunner {
  const tests: Registered[] = [];
  const endings: (() => void)[] = [];
  const groups: string[] = [];

  const register = (name: string, body: TestBody) => {
    tests.push({ path: [...groups, name], body });
  };
  const it: Register = Object.assign(register, {
    skip(name: string) {
      tests.push({ path: [...groups, name], body: undefined });
    },
  });

  return {
    it,
    describe(name, registerTests) {
      groups.push(name);
      registerTests();
      groups.pop();
    },
    afterAll(body) {
      endings.push(body);
    },
    async run({ bail = false } = {}) {
      const results: TestResult[] = [];
      for (const test of tests) {
        const result = await runOne(test);
        results.push(result);
        if (bail && result.status === 'failed') break;
      }
      for (const end of endings) end();
      return results;
    },
  };
}

async function runOne({ path, body }: Registered): Promise<TestResult> {
  if (body === undefined) return { path, status: 'skipped', reason: undefined };
  let skipped: { readonly reason: string | undefined } | undefined;
  try {
    await body({
      skip(reason) {
        skipped = { reason };
      },
    });
  } catch (error) {
    return { path, status: 'failed', reason: describeError(error) };
  }
  return skipped === undefined
    ? { path, status: 'passed', reason: undefined }
    : { path, status: 'skipped', reason: skipped.reason };
}
