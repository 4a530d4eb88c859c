// A warm evidence at 441 source pixels in Node, on a page of Chromium and through a worker of it, on one thread of
// WebAssembly: `npm run -s build`, then `node browser/test/measure.ts [ROUNDS]`. Its record is in docs/performance.md.
import { chromium } from 'playwright-core';
import { createWasmBackend } from '../../packages/backend-wasm/dist/index.js';
import { alias } from '../../vitest.config.ts';
import type { WarmResult } from '../page/warm.js';
import { warmMilliseconds } from '../page/warmEvidence.ts';
import { findBrowser } from './browser.ts';
import { openSite } from './site.ts';

const rounds = Number(process.argv[2] ?? 5);
const site = await openSite(alias);
const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('no browser: install Chromium or name one in WTILDE_BROWSER');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
console.log(
  `| in Node ${process.versions.node} | on a page of Chromium ${browser.version()} | through a worker of it |`,
);
console.log('|---|---|---|');
for (let round = 0; round < rounds; round++) {
  const inNode = await warmMilliseconds(await createWasmBackend({ threads: 1 }));
  const page = await browser.newPage();
  await page.goto(`${site.url}warm.html`);
  await page.waitForFunction('globalThis.warm !== undefined', undefined, { timeout: 0 });
  const { onPage, throughWorker } = await page.evaluate<WarmResult>('globalThis.warm');
  await page.close();
  const cells = [inNode, onPage, throughWorker].map((ms) => `${ms.toFixed(2)} ms`);
  console.log(`| ${cells.join(' | ')} |`);
}
await browser.close();
await site.close();
