import { defineConfig } from 'vitest/config';
import { TestReportWriter } from './scripts/testReport.ts';

const packages = new URL('./packages/', import.meta.url).pathname;

/** Packages as their sources: what tests see, and what the browser's page is bundled from. */
export const alias = [
  { find: /^@wtilde\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
  { find: /^@wtilde\/([^/]+)\/([^/]+)$/, replacement: `${packages}$1/src/$2.ts` },
];

/**
 * Milliseconds, for everything that is waited for, and the only limit there is: it ends what hangs. A test must pass on
 * a machine that is busy with something else, so no test has a limit of its own, or compares times.
 */
const limit = 3_600_000;

// Used by every package with `--root .`. Tests run on sources, so they never see a stale build.
export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new TestReportWriter()],
    testTimeout: limit,
    hookTimeout: limit,
    teardownTimeout: limit,
    expect: { poll: { timeout: limit } },
  },
});
