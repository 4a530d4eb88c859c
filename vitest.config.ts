import { defineConfig } from 'vitest/config';

const packages = new URL('./packages/', import.meta.url).pathname;

// Used by every package with `--root .`. Tests run on sources, so they never see a stale build.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@wtilde\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@wtilde\/([^/]+)\/([^/]+)$/, replacement: `${packages}$1/src/$2.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/test-report.json' },
  },
});
