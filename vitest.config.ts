import { defineConfig } from 'vitest/config';

const packages = new URL('./packages/', import.meta.url).pathname;

/** Packages as their sources: what tests see, and what the browser's page is bundled from. */
export const alias = [
  { find: /^@wtilde\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
  { find: /^@wtilde\/([^/]+)\/([^/]+)$/, replacement: `${packages}$1/src/$2.ts` },
];

// Used by every package with `--root .`. Tests run on sources, so they never see a stale build.
export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/test-report.json' },
  },
});
