import { readFileSync } from 'node:fs';
import { writeUvfits } from '@wtilde/data';
import axe from 'axe-core';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserRequired, findBrowser } from '../../../browser/test/browser.js';
import { alerts, drop, field, file, hashOf, opened, openPages, other, put, settled, trueHash, truth } from './pages.js';

const executablePath = findBrowser();

if (executablePath === undefined) {
  const reason = 'no browser: install Chromium or name one in WTILDE_BROWSER';
  if (browserRequired()) it(reason, () => expect.fail(reason));
  else it.skip(reason);
} else {
  describe('the explorer in a browser', () => {
    let pages: Awaited<ReturnType<typeof openPages>>;
    const open = (...how: Parameters<typeof pages.open>) => pages.open(...how);
    const sourcePicture = (page: Page) =>
      page.evaluate<string>("document.querySelector('section[aria-label=Source] canvas').toDataURL()");

    beforeAll(async () => {
      pages = await openPages(executablePath);
    });
    afterEach(() => pages.closePages());
    afterAll(() => pages.close());

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
      await drop(page, pages.fits);
      await opened(page, 'data.fits: 600 visibilities');
      const first = await other(page, example);
      expect(await page.evaluate('crossOriginIsolated')).toBe(false);
      await page.getByRole('button', { name: 'Keep to compare' }).click();
      const second = await put(page, 'einstein radius', '1.2', first);
      expect(await page.textContent('.compared')).toContain(
        `${(second - first).toFixed(2)} against the kept model`.replace(/^(?=\d)/, '+'),
      );
      await page.getByRole('button', { name: 'Back to it' }).click();
      expect(await other(page, second)).toBe(first);
    });

    it('gives the evidence of the library, from an npz and a model in the address', async () => {
      const page = await open('isolated', { hash: trueHash });
      const example = await settled(page);
      await drop(page, [pages.npz]);
      await opened(page, 'small.npz');
      const shown = await other(page, example);
      expect(Math.abs(shown / (await pages.inNode()) - 1)).toBeLessThan(1e-9);
      expect(await field(page, 'angle').inputValue()).toBe('30');
    });

    it('opens what the server of the page has been given', async () => {
      const page = await open('served');
      await opened(page, 'small.npz');
      expect(await settled(page)).toBeLessThan(0);
    });

    it.each([
      ['no data', () => [file('notes.txt', 'nothing')], /data\.fits/],
      ['half of the files', () => pages.fits.slice(0, 2), /uv_wavelengths\.fits/],
      ['an archive cut short', () => [file('half.npz', pages.npz.buffer.subarray(0, 900))], /half\.npz/],
      ['FITS that is none', () => [file('data.fits', 'SIMPLE'), ...pages.fits.slice(1)], /data\.fits/],
      ['JSON of something else', () => [file('some.json', '{"mass": 3}')], /some\.json/],
    ])('says once what is wrong with %s, and stays as it was', async (_, files, said) => {
      const page = await open('plain');
      const before = await settled(page);
      await drop(page, files());
      await page.waitForSelector('[role=alert]');
      expect(await alerts(page)).toEqual([expect.stringMatching(said)]);
      expect(await settled(page)).toBe(before);
      // What was there still answers, and the alert goes.
      await put(page, 'einstein radius', '1.3', before);
      expect(await page.textContent('header p')).toContain('the example');
      expect(await alerts(page)).toEqual([]);
    });

    it('saves a session with its data, and opens it again', async () => {
      const page = await open('isolated', { hash: trueHash });
      const example = await settled(page);
      await drop(page, pages.fits);
      await opened(page, 'data.fits');
      const before = await other(page, example);
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save session' }).click();
      const saved = readFileSync(await (await saving).path());
      await page.getByRole('button', { name: 'Example' }).click();
      await opened(page, 'the example');
      const after = await other(page, before);
      const away = await put(page, 'einstein radius', '0.9', after);
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

    it('fits what is free, live, and takes it back', async () => {
      const near = { ...truth.mass[0], einsteinRadius: 1.1 };
      const page = await open('isolated', {
        hash: hashOf({ mass: [near], mesh: 'overlay:14x14', regularization: 'gradient:2' }),
      });
      const example = await settled(page);
      await drop(page, [pages.npz]);
      await opened(page, 'small.npz');
      const before = await other(page, example);
      await page.getByText('fit from here').click();
      for (const part of ['centre', 'ellipticity'])
        await page.getByRole('checkbox', { name: `${part} of Isothermal 1` }).uncheck();
      await page.getByRole('button', { name: 'Fit', exact: true }).click();
      await page.waitForSelector('[role=status]:has-text("evaluations")');
      await page.waitForSelector('.fitted');
      expect(await page.textContent('.fitted')).toMatch(/starts lead to the largest log posterior.*einsteinRadius/);
      const found = Number(await field(page, 'einstein radius').inputValue());
      expect(Math.abs(found - 1.2)).toBeLessThan(0.05);
      const after = await other(page, before);
      expect(after).toBeGreaterThan(before + 10);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await other(page, after)).toBe(before);
    });

    it('stops a fit where one says so, with the best so far', async () => {
      const page = await open('plain');
      await settled(page);
      await page.getByText('fit from here').click();
      await page.getByRole('button', { name: 'Fit', exact: true }).click();
      await page.waitForSelector('[role=status]:has-text("evaluations")');
      await page.getByRole('button', { name: 'Stop the fit' }).click();
      await page.waitForSelector('.fitted:has-text("the best so far")');
      expect(await alerts(page)).toEqual([]);
      expect(await page.getByRole('button', { name: 'Undo' }).isEnabled()).toBe(true);
    });

    it('opens UVFITS', async () => {
      const page = await open('plain', { hash: trueHash });
      const example = await settled(page);
      const bytes = writeUvfits(pages.visibilities, { frequency: 2.3e11, bitpix: -64 });
      await drop(page, [file('small.uvfits', bytes)]);
      await opened(page, 'small.uvfits: 600 visibilities');
      expect(await other(page, example)).toBeLessThan(0);
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
      const page = await open('restricted', { hash: trueHash });
      const example = await settled(page);
      expect(await page.textContent('.ran')).toMatch(/Plain loops compute.*WebAssembly may not be compiled here/);
      await drop(page, [pages.npz]);
      const shown = await other(page, example);
      expect(Math.abs(shown / (await pages.inNode()) - 1)).toBeLessThan(1e-9);
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
      const after = await put(page, 'einstein radius', '1.3', before);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await other(page, after)).toBe(before);
    });
  });
}
