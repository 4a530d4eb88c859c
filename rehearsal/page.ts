import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from '../browser/test/browser.ts';
import type { Steps } from './steps.ts';

interface PageResult {
  readonly error?: string;
  readonly loops?: readonly number[];
  readonly webgpu?: readonly number[];
}

/** Opens the bundled page in a real browser, where there is one, and compares what it computed on both backends. */
export async function checkPage(steps: Steps, folder: string): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    console.log('skip  the page in a browser: there is none');
    return;
  }
  await steps.run('the page in Chromium, on loops and on WebGPU', async () => {
    const { loops, webgpu, error } = await resultOf(folder, executablePath);
    if (error !== undefined || loops === undefined || webgpu === undefined) throw new Error(error ?? 'no result');
    // 5.25 is the sum of the weights.
    const off = Math.max(...loops.map((value, i) => Math.abs(value - webgpu[i])));
    if (!(loops.length === 45 && off < 2e-6 * 5.25)) throw new Error(`WebGPU is off by ${off}`);
  });
}

async function resultOf(folder: string, executablePath: string): Promise<PageResult> {
  const server = createServer((request, response) => {
    const file = join(folder, request.url === '/' ? 'index.html' : (request.url ?? ''));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', extname(file) === '.html' ? 'text/html' : 'text/javascript');
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...gpu], timeout: 0 });
  try {
    const page = await browser.newPage();
    // A busy machine takes its time.
    page.setDefaultTimeout(600_000);
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction('globalThis.result !== undefined');
    return await page.evaluate<PageResult>('globalThis.result');
  } finally {
    await browser.close();
    server.close();
  }
}
