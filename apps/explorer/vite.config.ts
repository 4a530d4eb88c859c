import { defineConfig } from 'vite';

/** A folder that any static host can serve, from any path. */
export default defineConfig({
  base: './',
  worker: { format: 'es' },
  // The command line serves it: `wtilde explore`.
  build: { target: 'es2022', outDir: '../../packages/cli/explorer', emptyOutDir: true },
});
