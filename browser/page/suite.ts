/** The generated suite in this runtime, told in a few numbers. */
import type { Backend } from '@wtilde/core-types';
import { createMemoryRunner, equivalenceSuite } from '@wtilde/testkit';

export interface SuiteResult {
  readonly passed: number;
  readonly skipped: number;
  /** What failed, and why. */
  readonly failures: readonly string[];
}

export async function runSuite(backend: () => Backend | Promise<Backend>): Promise<SuiteResult> {
  const runner = createMemoryRunner();
  await equivalenceSuite({ runner, backend });
  const results = await runner.run();
  const count = (status: string) => results.filter((result) => result.status === status).length;
  const failed = results.filter(({ status }) => status === 'failed');
  return {
    passed: count('passed'),
    skipped: count('skipped'),
    failures: failed.map(({ path, reason }) => `${path.join(' > ')}: ${reason}`),
  };
}
