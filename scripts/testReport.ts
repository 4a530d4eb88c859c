// What a package's tests came to, for what scripts/test.ts prints last: how many passed, which failed, and why the others
// were skipped.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from 'vitest/node';

export interface TestReport {
  readonly passed: number;
  /** The tests that failed, each with the first line of its error; files that did not even load; errors outside of tests. */
  readonly failures: readonly string[];
  /** reason -> tests skipped for it */
  readonly skipped: Readonly<Record<string, number>>;
}

/** Where a package's report lies, from its folder. */
export const reportFile = '.cache/test-report.json';

/** A vitest reporter that writes the report. */
export class TestReportWriter implements Reporter {
  #root = '.';

  onInit({ config }: Vitest): void {
    this.#root = config.root;
  }

  onTestRunEnd(modules: readonly TestModule[], outside: readonly SerializedError[]): void {
    let passed = 0;
    const failures = outside.map((error) => `outside of tests: ${firstLine([error])}`);
    for (const module of modules) {
      if (module.errors().length > 0) failures.push(`${module.relativeModuleId}: ${firstLine(module.errors())}`);
    }
    const skipped: Record<string, number> = {};
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      const { state, errors = [] } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'failed') {
        failures.push(`${test.module.relativeModuleId} > ${test.fullName}: ${firstLine(errors)}`);
      } else skipped[skipReason(test)] = (skipped[skipReason(test)] ?? 0) + 1;
    }
    const file = join(this.#root, reportFile);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ passed, failures, skipped } satisfies TestReport));
  }
}

function firstLine(errors: readonly { readonly message: string }[]): string {
  return errors[0]?.message.split('\n')[0] ?? 'failed';
}

/** What the test itself has said when it ran; what stands in brackets at the end of its title; the title. */
function skipReason(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? /\[([^\]]+)\]$/.exec(test.name)?.[1] ?? test.name;
}
