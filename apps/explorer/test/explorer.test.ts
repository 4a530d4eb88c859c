import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeUvfits } from '@wtilde/data';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFiles, openSite } from '../../../packages/cli/src/commands/explore/site.js';
import { modelFromJson } from '../src/lens/modelText.js';
import { lookFrom } from '../src/page/look.js';
import { sessionText } from '../src/page/sessionFile.js';
import {
  alerts,
  describeInBrowser,
  drop,
  field,
  file,
  opened,
  other,
  type Pages,
  put,
  settled,
  trueHash,
  truth,
  violationsOn,
} from './pages.js';

describeInBrowser('the explorer in a browser', (pages) => {
  const open = (...how: Parameters<Pages['open']>) => pages().open(...how);
  const sourcePicture = (page: Page) =>
    page.evaluate<string>("document.querySelector('section[aria-label=Source] canvas').toDataURL()");

  it('shows the example, and violates no rule of accessibility, wide and narrow', async () => {
    const page = await open('isolated');
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    expect(await settled(page)).toBeLessThan(0);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.getByRole('button', { name: 'Keep to compare' }).click();
    for (const width of [1300, 400]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await violationsOn(page)).toEqual([]);
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
    await drop(page, pages().fits);
    await opened(page, 'data.fits: 600 visibilities');
    const first = await other(page, example);
    expect(await page.evaluate('crossOriginIsolated')).toBe(false);
    await page.getByRole('button', { name: 'Keep to compare' }).click();
    const second = await put(page, 'einstein radius', '1.2', first);
    expect(await page.textContent('.compared')).toContain(
      `${(second - first).toFixed(2)} against the kept model`.replace(/^(?=\d)/, '+'),
    );
    // Side by side: what both are made of, and both sources.
    expect(await page.locator('.two thead th').allTextContents()).toEqual(['kept', 'now']);
    expect(await page.locator('section[aria-label="Source of the kept model"] canvas').count()).toBe(1);
    await page.getByRole('button', { name: 'Back to it' }).click();
    expect(await other(page, second)).toBe(first);
    await page.getByRole('button', { name: 'Forget it' }).click();
    expect(await page.locator('.compared, section[aria-label="Source of the kept model"]').count()).toBe(0);
  });

  it('gives the evidence of the library, from an npz and a model in the address', async () => {
    const page = await open('isolated', { hash: trueHash });
    const example = await settled(page);
    await drop(page, [pages().npz]);
    await opened(page, 'small.npz');
    const shown = await other(page, example);
    expect(Math.abs(shown / (await pages().inNode()) - 1)).toBeLessThan(1e-9);
    expect(await field(page, 'angle').inputValue()).toBe('30');
  });

  it('says once what is wrong with files, and stays as it was', async () => {
    const { fits, npz } = pages();
    const wrong: readonly (readonly [string, Parameters<typeof drop>[1], RegExp])[] = [
      ['no data', [file('notes.txt', 'nothing')], /data\.fits/],
      ['half of the files', fits.slice(0, 2), /uv_wavelengths\.fits/],
      ['an archive cut short', [file('half.npz', npz.buffer.subarray(0, 900))], /half\.npz/],
      ['FITS that is none', [file('data.fits', 'SIMPLE'), ...fits.slice(1)], /data\.fits/],
      ['JSON of something else', [file('some.json', '{"mass": 3}')], /some\.json/],
      ['a session cut short', [file('session.json', '{"wtilde session": 1, "data": {"ki')], /session\.json/],
      ['UVFITS cut short', [file('half.uvfits', 'SIMPLE  =                    T')], /half\.uvfits/],
    ];
    const page = await open('plain');
    let before = await settled(page);
    for (const [name, files, said] of wrong) {
      await drop(page, files);
      await page.waitForSelector('[role=alert]');
      expect(await alerts(page), name).toEqual([expect.stringMatching(said)]);
      expect(await settled(page), name).toBe(before);
      // What was there still answers, and the alert goes.
      before = await put(page, 'einstein radius', `${1.2 + wrong.findIndex(([each]) => each === name) / 100}`, before);
      expect(await page.textContent('header p'), name).toContain('the example');
      expect(await alerts(page), name).toEqual([]);
    }
  });

  it('saves a session with its data, and opens it again', async () => {
    const page = await open('isolated', { hash: trueHash });
    const example = await settled(page);
    await drop(page, pages().fits);
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
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/\.html$/), expect.stringMatching(/\.fits$/)]));
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

  it('opens UVFITS', async () => {
    const page = await open('plain', { hash: trueHash });
    const example = await settled(page);
    const bytes = writeUvfits(pages().visibilities, { frequency: 2.3e11, bitpix: -64 });
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

  describe('as wtilde explore serves it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wtilde-explore-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    /** The page that the command line serves with these files. */
    async function served(
      files: Readonly<Record<string, Uint8Array>>,
      path: string,
      test: (page: Page) => Promise<void>,
    ) {
      for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      const data = await dataFiles(join(folder, path));
      const site = await openSite({ page: pages().folder, data, host: '127.0.0.1', port: 0 });
      const page = await pages().openAt(site.url);
      await test(page);
      await page.close();
      await site.close();
    }

    it('opens a folder, UVFITS, and what wtilde prepare wrote, on a page that may have threads', async () => {
      const { fits, npz, visibilities } = pages();
      const triple = Object.fromEntries(fits.map(({ name, buffer }) => [`sma/${name}`, buffer]));
      await served(triple, 'sma', async (page) => {
        await opened(page, 'data.fits: 600 visibilities');
        expect(await settled(page)).toBeLessThan(0);
        expect(await page.evaluate('crossOriginIsolated')).toBe(true);
      });
      const uvfits = writeUvfits(visibilities, { frequency: 2.3e11, bitpix: -64 });
      await served({ 'small.uvfits': uvfits }, 'small.uvfits', async (page) => {
        await opened(page, 'small.uvfits: 600 visibilities');
        expect(await settled(page)).toBeLessThan(0);
      });
      await served({ 'small.npz': npz.buffer }, 'small.npz', async (page) => {
        await opened(page, 'small.npz: 600 visibilities');
        expect(await settled(page)).toBeLessThan(0);
      });
    });

    it('opens a session, and a lens on the example', async () => {
      const { npz } = pages();
      const model = modelFromJson({ mass: truth.mass, mesh: 'overlay:14x14', regularization: 'gradient:2' });
      const look = lookFrom({ colors: 'viridis' });
      const session = { source: { kind: 'files', files: [] }, mask: undefined, model, look } as const;
      const saved = Buffer.from(sessionText(session, npz.buffer, 'sma'));
      await served({ 'session.json': saved }, 'session.json', async (page) => {
        await opened(page, 'sma.npz');
        expect(Math.abs((await settled(page)) / (await pages().inNode()) - 1)).toBeLessThan(1e-9);
        expect(await page.getByLabel('colours').inputValue()).toBe('viridis');
      });
      const lens = Buffer.from(JSON.stringify({ mass: truth.mass }));
      await served({ 'lens.json': lens }, 'lens.json', async (page) => {
        await opened(page, 'the example');
        await settled(page);
        expect(await field(page, 'einstein radius').inputValue()).toBe('1.2');
        expect(await field(page, 'angle').inputValue()).toBe('30');
      });
    });

    it('says what is wrong with a file, and shows no other data', async () => {
      await served({ 'bad.npz': Buffer.from('PK') }, 'bad.npz', async (page) => {
        await page.waitForSelector('[role=alert]');
        expect(await alerts(page)).toEqual([expect.stringContaining('bad.npz')]);
      });
    });
  });
});
