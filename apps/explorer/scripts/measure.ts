// What the bars of the page are: node apps/explorer/scripts/measure.ts [DRAGS] [memory]. Its record is in docs/explorer.md.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../browser/test/browser.ts';
import { createLoopsBackend } from '../../../packages/backend-loops/dist/index.js';
import { observations, uvTrackOf, writeVisibilities } from '../../../packages/data/dist/index.js';
import { circularMask, simulateVisibilities } from '../../../packages/lens/dist/index.js';
import { alias } from '../../../vitest.config.ts';
import { openSite } from '../test/site.ts';

const drags = Number(process.argv[2] ?? 400);
/** Takes its time: the browser tidies up first. */
const remember = process.argv[3] === 'memory';

/**
 * What the page remembers. An evaluation is of the newest movement when the worker is asked for it; it is over when
 * its source is on the page, and seen when the frame that has it has been drawn. Times of movements are those of the pointer.
 */
const watch = `
  addEventListener('change', () => { window.dropped = performance.now(); }, true);
  window.moves = 0; window.sources = []; window.long = [];
  let newest, answered, last;
  const asked = [];
  addEventListener('pointermove', ({ timeStamp }) => { moves += 1; newest = timeStamp; }, true);
  const { postMessage, addEventListener: listen } = Worker.prototype;
  Worker.prototype.postMessage = function (request, ...others) {
    if (request.type === 'evaluate') asked.push(newest);
    return postMessage.call(this, request, ...others);
  };
  // Before the page hears it.
  Worker.prototype.addEventListener = function (type, ...others) {
    if (type === 'message') listen.call(this, type, ({ data }) => { if (data.type === 'evaluated') answered = asked.shift(); });
    return listen.call(this, type, ...others);
  };
  new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) long.push([startTime, duration]); }).observe({ type: 'longtask' });
  const { port1, port2 } = new MessageChannel();
  const drawn = [];
  port1.onmessage = () => { for (const source of drawn.splice(0)) source.seen = performance.now() - source.move; };
  new MutationObserver(() => {
    const value = document.querySelector('#log-evidence')?.dataset.value;
    if (value === last) return;
    last = value;
    const move = answered;
    const took = Number(/(\\d+) ms/.exec(document.querySelector('.evidence .under')?.textContent)?.[1]);
    const source = { move, took, shown: performance.now() - move };
    sources.push(source);
    requestAnimationFrame(() => { drawn.push(source); port2.postMessage(0); });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
`;

interface Watched {
  readonly moves: number;
  /** Milliseconds from the movement to the source on the page, to the frame that has it; and of these the worker's. */
  readonly sources: readonly { readonly shown: number; readonly seen?: number; readonly took: number }[];
  readonly long: readonly (readonly [number, number])[];
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
}

async function drag(page: Page, moves: number): Promise<Watched> {
  const handle = page.getByLabel(/^centre of/).first();
  await handle.hover();
  const box = await handle.boundingBox();
  if (box === null) throw new Error('no handle');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.down();
  await page.evaluate('moves = 0; sources.length = 0; long.length = 0;');
  for (let move = 0; move < moves; move++) {
    await page.mouse.move(x + 25 * Math.sin(move / 23), y + 25 * Math.sin(move / 31));
    await page.waitForTimeout(16);
  }
  const watched = await page.evaluate<Watched>('({ moves, sources, long })');
  await page.mouse.up();
  return watched;
}

const settled = (page: Page) => page.waitForSelector('.number[data-coarse=false]');
const memory = (page: Page) =>
  page.evaluate<number>('performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes / 1e6)');

const site = await openSite(alias);
/** Gzipped, without the WebAssembly, which stands in the worker as text. */
const sizes = new Map(
  readdirSync(site.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(site.folder, name), 'utf8').replace(/AGFzbQ[A-Za-z0-9+/=]+/g, '');
      return [basename(name), gzipSync(text).length] as const;
    }),
);
const kilobytes = (names: Iterable<string>) => {
  const sum = [...names].reduce((all, name) => all + (sizes.get(name) ?? 0), 0);
  return `${(sum / 1000).toFixed(0)} kB`;
};

const lens = {
  mass: [{ type: 'Isothermal', centre: [0.02, 0.01], einsteinRadius: 0.9, axisRatio: 0.8, angle: 30 }],
  light: [
    {
      type: 'Sersic',
      centre: [0.05, 0.03],
      intensity: 1,
      effectiveRadius: 0.1,
      sersicIndex: 1,
      axisRatio: 0.8,
      angle: 0,
    },
  ],
} as const;
const { visibilities } = await simulateVisibilities({
  lens,
  mask: circularMask({ shapeNative: [72, 72], pixelScale: 0.04, radius: 1.4 }),
  uvWavelengths: uvTrackOf({ ...observations.alma, longestBaseline: 2.4e6 }, 100_000),
  noise: 100,
  backends: [createLoopsBackend()],
});
const written = writeVisibilities(visibilities);
const fits = (['data', 'noiseMap', 'uvWavelengths'] as const).map((role) => ({
  name: `${{ data: 'data', noiseMap: 'noise_map', uvWavelengths: 'uv_wavelengths' }[role]}.fits`,
  mimeType: 'application/fits',
  buffer: Buffer.from(written[role]),
}));

const browser = await chromium.launch({
  executablePath: findBrowser() ?? '',
  args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory'],
});
console.log(`Chromium ${browser.version()}`);

async function measureSize(): Promise<void> {
  const page = await browser.newPage();
  const loaded = new Set(['index.html']);
  page.on('response', (response) => loaded.add(basename(response.url())));
  await page.goto(site.urlOf('isolated'));
  await settled(page);
  await page.close();
  console.log(
    `gzipped, without WebAssembly: ${kilobytes(loaded)} for a source, ${kilobytes(sizes.keys())} with all that may come`,
  );
}
await measureSize();

async function measured(name: string, mesh: string, dropped: boolean): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
  await page.addInitScript(watch);
  const model = { mass: lens.mass, mesh, regularization: 'gradient:3' };
  await page.goto(`${site.urlOf('isolated')}#${encodeURIComponent(JSON.stringify(model))}`);
  await settled(page);
  if (dropped) {
    await page.evaluate('long.length = 0');
    await page.setInputFiles('input[type=file]', fits);
    await page.waitForSelector('header p:has-text("100000 visibilities")');
    await settled(page);
    const dropped = await page.evaluate<number>('performance.now() - window.dropped');
    console.log(`${name}: drop to first source ${dropped.toFixed(0)} ms`);
    console.log(`  ${await page.textContent('header p')} ${await page.textContent('.evidence .under')}`);
    console.log(
      `  long tasks ${await page.evaluate('JSON.stringify(long.filter(([start]) => start > dropped).map(([, ms]) => Math.round(ms)))')}`,
    );
  }
  await drag(page, 30);
  await settled(page);
  const before = remember ? await memory(page) : Number.NaN;
  const watched = await drag(page, drags);
  await settled(page);
  const after = remember ? await memory(page) : Number.NaN;
  const blocked = watched.long.map(([, duration]) => duration);
  const of = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return `${quantile(known, 0.5).toFixed(0)} and ${quantile(known, 0.95).toFixed(0)} ms`;
  };
  console.log(
    `${name}: ${watched.moves} movements, ${watched.sources.length} sources; median and p95 from movement to source ` +
      `${of(watched.sources.map(({ shown }) => shown))}, to the frame that has it ${of(watched.sources.map(({ seen }) => seen))}, ` +
      `of the worker ${of(watched.sources.map(({ took }) => took))}, beside it ${of(watched.sources.map(({ shown, took }) => shown - took))}; ` +
      `${blocked.length} long tasks, the longest ${Math.max(0, ...blocked).toFixed(0)} ms; ` +
      `${remember ? `memory ${before.toFixed(1)} -> ${after.toFixed(1)} MB; ` : ''}${await page.textContent('.evidence .under')}`,
  );
  await page.close();
}

await measured('the example', 'overlay:24x24', false);
await measured('3850 image pixels', 'overlay:44x44', true);
await browser.close();
await site.close();
