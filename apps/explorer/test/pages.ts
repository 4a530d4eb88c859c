import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { observations, uvTrackOf, writeNpz, writeVisibilities } from '@wtilde/data';
import {
  circularMask,
  createInversion,
  parseLensModel,
  parseMesh,
  parseRegularization,
  preparedFields,
  simulateVisibilities,
} from '@wtilde/lens';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserRequired, findBrowser } from '../../../browser/test/browser.js';
import { alias } from '../../../vitest.config.js';
import { type Host, openSite } from './site.js';

export const truth = parseLensModel({
  mass: [{ type: 'Isothermal', centre: [0.1, 0.05], einsteinRadius: 1.2, axisRatio: 0.8, angle: 30 }],
  light: [
    {
      type: 'Sersic',
      centre: [0.05, 0.1],
      intensity: 1,
      effectiveRadius: 0.2,
      sersicIndex: 1,
      axisRatio: 0.8,
      angle: 0,
    },
  ],
});
const mask = circularMask({ shapeNative: [36, 36], pixelScale: 0.15, radius: 2.4 });
const [mesh, regularization] = ['overlay:14x14', 'gradient:2'];

export const hashOf = (json: object) => `#${encodeURIComponent(JSON.stringify(json))}`;
/** The address of a page that shows the true mass. */
export const trueHash = hashOf({ mass: truth.mass, mesh, regularization });

interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function file(name: string, bytes: Uint8Array | string): File {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

export type Pages = Awaited<ReturnType<typeof openPages>>;

/** Tests of the page in a browser; where there is none, one that says so. */
export function describeInBrowser(name: string, tests: (pages: () => Pages) => void): void {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    const reason = 'no browser: install Chromium or name one in WTILDE_BROWSER';
    if (browserRequired()) it(reason, () => expect.fail(reason));
    else it.skip(reason);
    return;
  }
  describe(name, () => {
    let pages: Pages;
    beforeAll(async () => {
      pages = await openPages(executablePath);
    });
    afterEach(() => pages.closePages());
    afterAll(() => pages.close());
    tests(() => pages);
  });
}

/** The site, a browser, and a small observation in every shape that the page opens. */
async function openPages(executablePath: string) {
  const backends = [await createWasmBackend({ threads: 1 }), createLoopsBackend()];
  const uvWavelengths = uvTrackOf(observations.sma, 600);
  const { visibilities } = await simulateVisibilities({ lens: truth, mask, uvWavelengths, noise: 20, backends });
  const written = writeVisibilities(visibilities);
  const inversion = await createInversion(visibilities, { mask, backends });
  const npz = file('small.npz', writeNpz(preparedFields(inversion)));
  const site = await openSite(alias);
  const launch = (args: readonly string[] = []) =>
    chromium.launch({ executablePath, args: ['--no-sandbox', ...args], timeout: 0 });
  const browser = await launch();
  return {
    folder: site.folder,
    /** Another browser, which is the caller's. */
    launch,
    visibilities,
    npz,
    fits: [
      file('data.fits', written.data),
      file('noise_map.fits', written.noiseMap),
      file('uv_wavelengths.fits', written.uvWavelengths),
    ],
    /** A page that knows nothing of any other. */
    async open(host: Host, { hash = '', within = browser }: OpenOptions = {}): Promise<Page> {
      return await pageAt(`${site.urlOf(host)}${hash}`, within);
    },
    /** A page of any address. */
    openAt: (url: string) => pageAt(url, browser),
    /** The log evidence of the true mass, as the library says it in Node. */
    async inNode(): Promise<number> {
      const model = {
        lens: { mass: truth.mass },
        mesh: parseMesh(mesh),
        regularization: parseRegularization(regularization),
      };
      return (await inversion.evidence(model)).logEvidence;
    },
    async closePages(): Promise<void> {
      for (const context of browser.contexts()) await context.close();
    },
    async close(): Promise<void> {
      await browser.close();
      await site.close();
    },
  };
}

interface OpenOptions {
  readonly hash?: string;
  readonly within?: Browser;
}

async function pageAt(url: string, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1300, height: 1000 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  // Generous: what waits for ever is to fail, not to stop everything.
  page.setDefaultTimeout(600_000);
  await page.goto(url);
  return page;
}

/** The log evidence of a model in full. */
export async function settled(page: Page): Promise<number> {
  return await shownIn(page, '.number[data-coarse=false] output');
}

/** The next one that is not this one. */
export async function other(page: Page, than: number): Promise<number> {
  return await shownIn(page, `.number[data-coarse=false] output:not([data-value="${than}"])`);
}

async function shownIn(page: Page, selector: string): Promise<number> {
  const output = await page.waitForSelector(selector);
  return Number(await output.getAttribute('data-value'));
}

export const drop = (page: Page, files: readonly File[]) => page.setInputFiles('input[type=file]', [...files]);
export async function opened(page: Page, text: string): Promise<void> {
  await page.waitForSelector(`header p:has-text(${JSON.stringify(text)})`);
}
export const alerts = (page: Page) => page.locator('[role=alert]').allTextContents();
export const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** What breaks a rule of accessibility. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join(' ')))",
  );
}

/** Types a number, and waits for its evidence. */
export async function put(page: Page, label: string, value: string, than: number): Promise<number> {
  await field(page, label).fill(value);
  await page.keyboard.press('Enter');
  return await other(page, than);
}
