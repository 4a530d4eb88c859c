import { readFileSync } from 'node:fs';
import { readNpz } from '@wtilde/data';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  alerts,
  describeInBrowser,
  drop,
  field,
  hashOf,
  opened,
  other,
  type Pages,
  settled,
  truth,
  violationsOn,
} from './pages.js';

describeInBrowser('searches', (pages) => {
  const open = (...how: Parameters<Pages['open']>) => pages().open(...how);

  /** The small observation, with the Einstein radius off and alone to be found. */
  async function openNear(): Promise<{ readonly page: Page; readonly before: number }> {
    const near = { ...truth.mass[0], einsteinRadius: 1.1 };
    const page = await open('isolated', {
      hash: hashOf({ mass: [near], mesh: 'overlay:14x14', regularization: 'gradient:2' }),
    });
    const example = await settled(page);
    await drop(page, [pages().npz]);
    await opened(page, 'small.npz');
    const before = await other(page, example);
    await page.getByText('fit from here').click();
    for (const part of ['centre', 'ellipticity'])
      await page.getByRole('checkbox', { name: `${part} of Isothermal 1` }).uncheck();
    return { page, before };
  }

  it('fits what is free, live, and takes it back', async () => {
    const { page, before } = await openNear();
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
    await page.getByRole('button', { name: 'Stop the search' }).click();
    await page.waitForSelector('.fitted:has-text("the best so far")');
    expect(await alerts(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Undo' }).isEnabled()).toBe(true);
  });

  it('samples the posterior as a corner plot, with its samples to take along', async () => {
    const { page } = await openNear();
    await page.getByRole('checkbox', { name: 'regularization' }).uncheck();
    await page.getByLabel('sampler').selectOption('NUTS');
    await field(page, 'samples').fill('40');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.waitForSelector('[role=status]:has-text("NUTS")');
    await page.waitForSelector('.posterior img[alt*="corner plot of 1 parameters"]');
    const width =
      "document.querySelector('.posterior img').decode().then(() => document.querySelector('.posterior img').naturalWidth)";
    expect(await page.evaluate(width)).toBeGreaterThan(100);
    const row = /einsteinRadius\s*([\d.]+) \+ ([\d.]+) − ([\d.]+)/.exec((await page.textContent('.posterior')) ?? '');
    const [median, above, below] = (row ?? []).slice(1).map(Number);
    expect(Math.abs(median - 1.2)).toBeLessThan(6 * (above + below));
    expect(await violationsOn(page)).toEqual([]);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'save samples.npz' }).click();
    const bytes = readFileSync(await (await saving).path());
    expect(readNpz(bytes, { where: 'samples.npz' }).values.shape).toEqual([40, 1]);
    await page.getByLabel('close the posterior').click();
    expect(await page.locator('.posterior').count()).toBe(0);
  });

  it('gives log Z with the posterior, from the maximum', async () => {
    const { page } = await openNear();
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.waitForSelector('.posterior img[alt*="corner plot of 2 parameters"]');
    expect(await page.textContent('.posterior')).toMatch(/log Z of the model with its ranges\s*[-−]?\d/);
    expect(await page.textContent('.posterior')).toMatch(/worth \d+ samples/);
    expect(await alerts(page)).toEqual([]);
  });

  it('stops a sampler, and leaves everything as it was', async () => {
    const { page, before } = await openNear();
    await page.getByLabel('sampler').selectOption('nested, from the priors');
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.waitForSelector('[role=status]:has-text("nested sampling")');
    await page.getByRole('button', { name: 'Stop the search' }).click();
    await page.waitForSelector('button:has-text("Sample")');
    expect(await settled(page)).toBe(before);
    expect(await page.locator('.posterior').count()).toBe(0);
    expect(await alerts(page)).toEqual([]);
  });
});
