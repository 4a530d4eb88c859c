import { readFileSync } from 'node:fs';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { bundledPaths } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alias } from '../../vitest.config.js';
import { bundledArgs, evidenceArgs } from '../page/evidence.js';
import type { PageResult } from '../page/page.js';
import type { RestrictedResult } from '../page/restricted.js';
import type { SuiteResult } from '../page/suite.js';
import { browserRequired, findBrowser, softwareGpu } from './browser.js';
import { openSite } from './site.js';

const executablePath = findBrowser();

if (executablePath === undefined) {
  const reason = 'no browser: install Chromium or name one in WTILDE_BROWSER';
  if (browserRequired()) it(reason, () => expect.fail(reason));
  else it.skip(reason);
} else {
  describe('in a browser', () => {
    let site: Awaited<ReturnType<typeof openSite>>;
    let browser: Browser;
    let result: PageResult;
    let suites: Readonly<Record<string, SuiteResult>>;

    /** What a page puts into a global variable when it is through. */
    async function resultOf<T>(path: string, variable: string): Promise<T> {
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      const crash = page.waitForEvent('crash').then(() => Promise.reject(new Error(`${path} has crashed`)));
      const through = page
        .goto(`${site.url}${path}`)
        .then(() => page.waitForFunction(`globalThis.${variable} !== undefined`));
      await Promise.race([through, crash]);
      return await page.evaluate<T>(`globalThis.${variable}`);
    }

    beforeAll(async () => {
      site = await openSite(alias);
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...softwareGpu], timeout: 0 });
      result = await resultOf('index.html', 'result');
      suites = await resultOf('suites.html', 'suites');
    });

    afterAll(async () => {
      await browser.close();
      await site.close();
    });

    it.each([
      ['loops', 1000],
      ['loops in a worker', 1000],
      ['loops in two workers', 1000],
      ['wasm, 1 thread', 1000],
      ['wasm, 2 threads', 1000],
      ['wasm, 3 threads', 1000],
      ['tfjs, engine wasm', 700],
      ['tfjs, engine webgl', 700],
      ['webgpu', 700],
    ])('passes the generated suite: %s', (name, least) => {
      expect(suites).not.toHaveProperty('failed');
      expect(suites[name].failures).toEqual([]);
      expect(suites[name].passed).toBeGreaterThan(least);
    });

    it('gives the evidence that Node gives, on the page and in a worker', async () => {
      const dispatcher = createDispatcher({ backends: [createLoopsBackend()] });
      const here = await dispatcher.runByName('logLikelihoodFunctionViaWCompactFrom', evidenceArgs());
      expect(result).not.toHaveProperty('error');
      expect(result.onPage).toBeCloseTo(Number(here.result), 6);
      expect(result.inWorker).toBe(result.onPage);
    });

    it('keeps the page alive while a worker computes', () => {
      expect(result.ticks).toBe(5);
    });

    it('runs compiled kernels, in a worker with threads', () => {
      const { wasm } = result;
      expect(wasm).toMatchObject({ threadsOnPage: 1, threadsInWorker: 3 });
      expect(wasm.onPage).toBeCloseTo(Number(result.onPage), 6);
      expect(wasm.inWorker).toBe(wasm.onPage);
    });

    it('gives the evidence of the bundled dataset with F from WebGPU, as exact as it says', async () => {
      const args = bundledArgs(readFileSync(bundledPaths().inputs));
      const inNode = createDispatcher({ backends: [createLoopsBackend()] });
      const exact = await inNode.runByName('logLikelihoodFunctionViaWCompactFrom', args);
      const { evidence, error, adapter, steps } = result.webgpu;
      expect(adapter).toMatch(/WGSL on .*SwiftShader/i);
      expect(steps).toContain('curvatureMatrixViaWCompactSparseMappingMatrixFrom on webgpu');
      expect(steps).toContain('evidenceTermsFrom on loops');
      expect(error).toBeLessThan(0.01);
      expect(Math.abs(Number(evidence) - Number(exact.result))).toBeLessThan(Number(error));
    });

    it('says what a content policy forbids', async () => {
      expect(await resultOf<RestrictedResult>('restricted.html', 'restricted')).toMatchObject({
        code: 'BackendUnavailable',
        what: expect.stringMatching(/^WebAssembly may not be compiled here: .*Content Security Policy/i),
        remedy: expect.stringContaining("'wasm-unsafe-eval'"),
      });
    });

    it('tells what it chose, and brings typed errors over', () => {
      expect(result.events).toEqual(['chosen']);
      expect(result.errorCode).toBe('InvalidValue');
    });
  });
}
