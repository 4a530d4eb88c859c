import { readFileSync } from 'node:fs';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { observations, uvTrackOf, type Visibilities, writeNpz, writeVisibilities } from '@wtilde/data';
import {
  circularMask,
  createOperator,
  type Mesh,
  parseLensModel,
  parseMesh,
  parseRegularization,
  preparedFields,
  simulateVisibilities,
} from '@wtilde/lens';
import axe from 'axe-core';
import { unzipSync } from 'fflate';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserRequired, findBrowser } from '../../../browser/test/browser.js';
import { alias } from '../../../vitest.config.js';
import { type Host, openSite } from './site.js';

const executablePath = findBrowser();

const truth = parseLensModel({
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
const model = {
  lens: { mass: truth.mass },
  mesh: parseMesh('overlay:14x14') satisfies Mesh,
  regularization: parseRegularization('gradient:2'),
};
const address = `#${encodeURIComponent(JSON.stringify({ mass: truth.mass, mesh: 'overlay:14x14', regularization: 'gradient:2' }))}`;

interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function file(name: string, bytes: Uint8Array | string): File {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

if (executablePath === undefined) {
  const reason = 'no browser: install Chromium or name one in WTILDE_BROWSER';
  if (browserRequired()) it(reason, () => expect.fail(reason));
  else it.skip(reason);
} else {
  describe('the explorer in a browser', () => {
    let site: Awaited<ReturnType<typeof openSite>>;
    let browser: Browser;
    let context: BrowserContext;
    let visibilities: Visibilities;
    let fits: readonly File[];
    let npz: File;

    beforeAll(async () => {
      const backends = [await createWasmBackend({ threads: 1 }), createLoopsBackend()];
      const uvWavelengths = uvTrackOf(observations.sma, 600);
      ({ visibilities } = await simulateVisibilities({ lens: truth, mask, uvWavelengths, noise: 20, backends }));
      const written = writeVisibilities(visibilities);
      fits = [
        file('data.fits', written.data),
        file('noise_map.fits', written.noiseMap),
        file('uv_wavelengths.fits', written.uvWavelengths),
      ];
      const prepared = await createOperator(visibilities, { mask, backends });
      npz = file('small.npz', writeNpz(preparedFields(prepared)));
      const index = JSON.stringify({ files: [{ name: 'small.npz', url: 'data/0' }] });
      site = await openSite(alias, { 'served/data/index.json': Buffer.from(index), 'served/data/0': npz.buffer });
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 0 });
    });
    afterAll(async () => {
      await browser.close();
      await site.close();
    });
    afterEach(() => context?.close());

    /** A page that has opened what it opens by itself: every test has one of its own. */
    async function open(host: Host, { hash = '', width = 1300 } = {}): Promise<Page> {
      context = await browser.newContext({ viewport: { width, height: 1000 }, reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.setDefaultTimeout(0);
      await page.goto(`${site.urlOf(host)}${hash}`);
      return page;
    }

    /** The log evidence of a model in full. */
    async function settled(page: Page): Promise<number> {
      return await shownIn(page, '.number[data-coarse=false] output');
    }

    /** The next one that is not this one. */
    async function other(page: Page, than: number): Promise<number> {
      return await shownIn(page, `.number[data-coarse=false] output:not([data-value="${than}"])`);
    }

    async function shownIn(page: Page, selector: string): Promise<number> {
      const output = await page.waitForSelector(selector);
      return Number(await output.getAttribute('data-value'));
    }

    const drop = (page: Page, files: readonly File[]) => page.setInputFiles('input[type=file]', [...files]);
    const opened = (page: Page, text: string) => page.waitForSelector(`header p:has-text(${JSON.stringify(text)})`);
    const alerts = (page: Page) => page.locator('[role=alert]').allTextContents();
    const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
    const sourcePicture = (page: Page) =>
      page.evaluate<string>("document.querySelector('section[aria-label=Source] canvas').toDataURL()");

    /** What the library says in Node of the same data. */
    async function inNode(): Promise<number> {
      const backends = [await createWasmBackend({ threads: 1 }), createLoopsBackend()];
      const inversion = await createOperator(visibilities, { mask, backends });
      return (await inversion.evidence(model)).logEvidence;
    }

    it('shows the example, and violates no rule of accessibility, wide and narrow', async () => {
      const page = await open('isolated');
      expect(await page.evaluate('crossOriginIsolated')).toBe(true);
      expect(await settled(page)).toBeLessThan(0);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.evaluate(axe.source);
      for (const width of [1300, 400]) {
        await page.setViewportSize({ width, height: 900 });
        const found = await page.evaluate<readonly string[]>(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join(' ')))",
        );
        expect(found).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      }
      expect(await alerts(page)).toEqual([]);
    });

    it('follows a handle that is dragged, and takes it back', async () => {
      const page = await open('isolated');
      const before = await settled(page);
      const picture = await sourcePicture(page);
      const handle = page.getByLabel(/^ring and long axis/);
      await handle.hover();
      const box = await handle.boundingBox();
      if (box === null) expect.fail('the handle is nowhere');
      await page.mouse.down();
      await page.mouse.move(box.x + 20, box.y + 30, { steps: 4 });
      // While it moves, what is shown is on the way and says so.
      await page.waitForSelector('.number[data-coarse=true]');
      expect(await sourcePicture(page)).not.toBe(picture);
      await page.mouse.up();
      const after = await other(page, before);
      expect(await field(page, 'angle').inputValue()).not.toBe('0');
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await other(page, after)).toBe(before);
      expect(await field(page, 'angle').inputValue()).toBe('0');
      expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    });

    it('is driven by the keyboard alone', async () => {
      const page = await open('isolated');
      const before = await settled(page);
      const focused = () => page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''");
      for (let tabs = 0; tabs < 40 && !(await focused()).startsWith('centre of'); tabs++)
        await page.keyboard.press('Tab');
      expect(await focused()).toMatch(/^centre of Isothermal 1/);
      await page.keyboard.press('ArrowUp');
      const after = await other(page, before);
      expect(Number(await field(page, 'y').inputValue())).toBeGreaterThan(0);
      await page.keyboard.press('Shift+ArrowLeft');
      await other(page, after);
      // East is to the left.
      expect(Number(await field(page, 'x').inputValue())).toBeGreaterThan(0);
    });

    it('opens three FITS files, keeps a model and compares another with it', async () => {
      const page = await open('plain');
      const example = await settled(page);
      await drop(page, fits);
      await opened(page, 'data.fits: 600 visibilities');
      const first = await other(page, example);
      expect(await page.evaluate('crossOriginIsolated')).toBe(false);
      await page.getByRole('button', { name: 'Keep to compare' }).click();
      await field(page, 'einstein radius').fill('1.2');
      await page.keyboard.press('Enter');
      const second = await other(page, first);
      expect(await page.textContent('.compared')).toContain(
        `${(second - first).toFixed(2)} against the kept model`.replace(/^(?=\d)/, '+'),
      );
      await page.getByRole('button', { name: 'Back to it' }).click();
      expect(await other(page, second)).toBe(first);
    });

    it('gives the evidence of the library, from an npz and a model in the address', async () => {
      const page = await open('isolated', { hash: address });
      const example = await settled(page);
      await drop(page, [npz]);
      await opened(page, 'small.npz');
      const shown = await other(page, example);
      expect(Math.abs(shown / (await inNode()) - 1)).toBeLessThan(1e-9);
      expect(await field(page, 'angle').inputValue()).toBe('30');
    });

    it('opens what the server of the page has been given', async () => {
      const page = await open('served');
      await opened(page, 'small.npz');
      expect(await settled(page)).toBeLessThan(0);
    });

    it.each([
      ['no data', () => [file('notes.txt', 'nothing')], /data\.fits/],
      ['half of the files', () => fits.slice(0, 2), /uv_wavelengths\.fits/],
      ['an archive cut short', () => [file('half.npz', npz.buffer.subarray(0, 900))], /half\.npz/],
      ['FITS that is none', () => [file('data.fits', 'SIMPLE'), ...fits.slice(1)], /data\.fits/],
      ['JSON of something else', () => [file('some.json', '{"mass": 3}')], /some\.json/],
    ])('says once what is wrong with %s, and stays as it was', async (_, files, said) => {
      const page = await open('plain');
      const before = await settled(page);
      await drop(page, files());
      await page.waitForSelector('[role=alert]');
      expect(await alerts(page)).toEqual([expect.stringMatching(said)]);
      expect(await settled(page)).toBe(before);
      // What was there still answers, and the alert goes.
      await field(page, 'einstein radius').fill('1.3');
      await page.keyboard.press('Enter');
      await other(page, before);
      expect(await page.textContent('header p')).toContain('the example');
      expect(await alerts(page)).toEqual([]);
    });

    it('saves a session with its data, and opens it again', async () => {
      const page = await open('isolated', { hash: address });
      const example = await settled(page);
      await drop(page, fits);
      await opened(page, 'data.fits');
      const before = await other(page, example);
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save session' }).click();
      const saved = readFileSync(await (await saving).path());
      await page.getByRole('button', { name: 'Example' }).click();
      await opened(page, 'the example');
      const after = await other(page, before);
      await field(page, 'einstein radius').fill('0.9');
      await page.keyboard.press('Enter');
      const away = await other(page, after);
      await drop(page, [file('session.json', saved)]);
      await opened(page, 'data.fits.npz');
      expect(await other(page, away)).toBeCloseTo(before, 3);
    });

    it('makes an archive of the report', async () => {
      const page = await open('plain');
      await settled(page);
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Report' }).click();
      const download = await saving;
      expect(download.suggestedFilename()).toBe('wtilde-report.zip');
      const names = Object.keys(unzipSync(readFileSync(await download.path())));
      expect(names).toEqual(
        expect.arrayContaining([expect.stringMatching(/\.html$/), expect.stringMatching(/\.fits$/)]),
      );
    });

    it('observes the lens as it stands', async () => {
      const page = await open('isolated');
      const before = await settled(page);
      await page.getByText('simulate an observation').click();
      await field(page, 'minutes').fill('2');
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Observe' }).click();
      await opened(page, 'a simulation: 1806 visibilities');
      await other(page, before);
      // The true mass leaves little behind.
      expect(await alerts(page)).toEqual([]);
    });

    it('shows the views that are chosen, in their order, and remembers', async () => {
      const page = await open('plain');
      await settled(page);
      await page.getByText('views', { exact: true }).click();
      await page.getByRole('checkbox', { name: 'Residuals' }).uncheck();
      await page.getByLabel('move Source forward').click();
      const titles = () =>
        page.evaluate("[...document.querySelectorAll('.views > section')].map((each) => each.ariaLabel)");
      expect(await titles()).toEqual(['Source', 'Dirty image', 'Lensed source', 'uv coverage']);
      await page.reload();
      await settled(page);
      expect(await titles()).toEqual(['Source', 'Dirty image', 'Lensed source', 'uv coverage']);
    });

    it('computes with loops where WebAssembly is forbidden, and says so', async () => {
      const page = await open('restricted', { hash: address });
      const example = await settled(page);
      expect(await page.textContent('.ran')).toMatch(/Plain loops compute.*WebAssembly may not be compiled here/);
      await drop(page, [npz]);
      const shown = await other(page, example);
      expect(Math.abs(shown / (await inNode()) - 1)).toBeLessThan(1e-9);
    });

    it('says that its worker cannot be started', async () => {
      const page = await open('broken');
      await page.waitForSelector('[role=alert]');
      expect(await alerts(page)).toEqual([expect.stringContaining('could not be started')]);
    });

    it('says that its worker has ended, and starts another', async () => {
      const page = await open('isolated');
      const before = await settled(page);
      const [worker] = page.workers();
      await worker.evaluate('self.close()');
      await page.waitForSelector('[role=alert]');
      expect(await alerts(page)).toEqual([expect.stringContaining('has ended')]);
      await page.getByRole('button', { name: 'Start again' }).click();
      await page.waitForSelector('[role=alert]', { state: 'detached' });
      await field(page, 'einstein radius').fill('1.3');
      await page.keyboard.press('Enter');
      const after = await other(page, before);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await other(page, after)).toBe(before);
    });
  });
}
