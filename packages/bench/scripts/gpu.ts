// Measures a GPU and writes docs/performance/<adapter>.json and .md: `npm run gpu`. Options: --sizes A,B of A to D,
// --no-suite, --seconds 300 after which no kernel is started (the suite follows), --out FOLDER. Needs no package beside Node once it is bundled
// (scripts/gpu/prepare.ts) and a driver.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isWtildeError } from '@wtilde/core-types';
import { create } from 'webgpu';
import { measureGpu } from './gpu/measureGpu.ts';
import { gpuSizes } from './gpu/problem.ts';
import { adapterName, gpuMarkdown } from './gpu/report.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: 'A,B,C,D' },
    suite: { type: 'boolean', default: true },
    seconds: { type: 'string', default: '300' },
    out: { type: 'string', default: 'docs/performance' },
  },
  allowNegative: true,
});
const names = values.sizes.split(',');
const unknown = names.find((name) => !gpuSizes.some((size) => size.name === name));
if (unknown !== undefined) {
  console.error(`there is no size ${unknown}: name some of ${gpuSizes.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

try {
  const started = performance.now();
  const report = await measureGpu(create(['disable-dawn-features=timestamp_quantization']), {
    sizes: gpuSizes.filter(({ name }) => names.includes(name)),
    suite: values.suite,
    seconds: Number(values.seconds),
    secondsPerCall: 20,
    onProgress: (what) => console.error(`${((performance.now() - started) / 1000).toFixed(0)} s: ${what}`),
  });
  mkdirSync(values.out, { recursive: true });
  const path = join(values.out, adapterName(report.adapter));
  writeFileSync(`${path}.json`, `${JSON.stringify(report)}\n`);
  writeFileSync(`${path}.md`, `${gpuMarkdown(report)}\n`);
  console.log(`${path}.md and .json are written`);
  // Dawn keeps the process alive.
  process.exit(report.suite?.failures.length ? 1 : 0);
} catch (error) {
  if (!isWtildeError(error, 'BackendUnavailable')) throw error;
  console.error(error.message);
  process.exit(2);
}
