// What a package's tests came to, for the sums that scripts/test.ts prints: how many passed, how many failed, and why
// the others were skipped.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
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

  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    const skipped: Record<string, number> = {};
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'failed') failed++;
      else skipped[skipReason(test)] = (skipped[skipReason(test)] ?? 0) + 1;
    }
    const file = join(this.#root, reportFile);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ passed, failed, skipped } satisfies TestReport));
  }
}

/** What the test itself has said when it ran; what stands in brackets at the end of its title; the title. */
function skipReason(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? /\[([^\]]+)\]$/.exec(test.name)?.[1] ?? test.name;
}
