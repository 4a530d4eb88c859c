// Takes the pictures of docs/images/explorer*.png: node apps/explorer/scripts/pictures.ts. Whoever does looks at them.
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../browser/test/browser.ts';
import { alias } from '../../../vitest.config.ts';
import { openSite } from '../test/site.ts';

const folder = 'docs/images/';
/** As somebody would go about it: ring, ellipse, shear, centre, and how smooth the source is. */
const steps: readonly Readonly<Record<string, string>>[] = [
  { 'einstein radius': '1.25' },
  { 'einstein radius': '1.32' },
  { 'axis ratio': '0.75', angle: '25' },
  { angle: '40' },
  { gamma1: '0.03', gamma2: '-0.02' },
  { y: '0.04', x: '-0.06' },
  { 'einstein radius': '1.35', 'axis ratio': '0.72' },
  { regularization: '1.6' },
];

const settled = (page: Page) => page.waitForSelector('.number[data-coarse=false]');

async function put(page: Page, label: string, value: string): Promise<void> {
  const before = await page.getAttribute('#log-evidence', 'data-value');
  await page.getByRole('spinbutton', { name: label, exact: true }).fill(value);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.number[data-coarse=false] output:not([data-value="${before}"])`);
}

const site = await openSite(alias);
const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(0);
await page.goto(site.urlOf('isolated'));
await settled(page);
for (const step of steps) for (const [label, value] of Object.entries(step)) await put(page, label, value);
// Nothing is in focus.
await page.locator('h1').click();
await page.screenshot({ path: `${folder}explorer.png` });
// The first row alone, for the top of a page.
const first = await page.getByRole('heading', { name: 'Lensed source' }).locator('..').boundingBox();
if (first === null) throw new Error('no lensed source');
const clip = { x: 0, y: 0, width: 1600, height: Math.round(first.y + first.height + 14) };
await page.screenshot({ path: `${folder}explorer-wide.png`, clip });

await page.setViewportSize({ width: 400, height: 1000 });
await page.screenshot({ path: `${folder}explorer-narrow.png` });

await page.setViewportSize({ width: 1300, height: 1000 });
await page.getByText('fit from here').click();
await page.getByRole('spinbutton', { name: 'samples' }).fill('100');
await page.keyboard.press('Tab');
await page.getByRole('button', { name: 'Sample', exact: true }).click();
await page.locator('.posterior img').screenshot({ path: `${folder}explorer-posterior.png` });
await browser.close();
await site.close();
