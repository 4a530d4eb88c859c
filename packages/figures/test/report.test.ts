import { real } from '@wtilde/core-types';
import { beforeAll, expect, test } from 'vitest';
import { type ReportFile, type Result, reportFiles, reportPaths } from '../src/index.js';
import { resultOf } from './scene.js';

let result: Result;
let files: readonly ReportFile[];
const warning = {
  code: 'CoarsePixels',
  what: 'the pixels are too coarse',
  where: 'mask pixelScale',
  values: '1" & more',
  remedy: 'use smaller ones',
} as const;

beforeAll(async () => {
  const found = await resultOf();
  result = { ...found, evidence: { ...found.evidence, warnings: [warning] } };
  const samples = real(Float64Array.from({ length: 60 }, Math.sin), [30, 2]);
  files = reportFiles(
    {
      ...result,
      fit: [{ evaluation: 1, logEvidence: result.evidence.logEvidence }],
      posterior: { names: ['mass.0.einsteinRadius', 'mass.1.<b>'], samples },
    },
    {
      title: 'a <script>alert(1)</script> "name"',
      facts: [['seed & more', '<7>']],
      listing: '{ "mass": "<i>" }',
      otherFiles: [['result.json', 'numbers']],
      history: ['by a test'],
      png: (svg) => new TextEncoder().encode(svg.slice(0, 4)),
    },
  );
});

const textOf = (path: string) => new TextDecoder().decode(files.find((file) => file.path === path)?.bytes);

test('what is written was announced, and the other way round', () => {
  const announced = reportPaths({ fit: true, posterior: true });
  expect(files.map(({ path }) => path).toSorted()).toEqual(announced.toSorted());
  const without = reportFiles({ ...result, uvWavelengths: undefined }, { title: 'a' }).map(({ path }) => path);
  expect(without.every((path) => reportPaths().includes(path))).toBe(true);
  expect(without.filter((path) => path.endsWith('.png') || path.includes('uv_coverage'))).toEqual([]);
});

test('the page says what matters first, and every name on it is text', () => {
  const page = textOf('index.html');
  expect(page).not.toMatch(/<script|<i>|<b>|<7>/);
  expect(page).toContain('a &lt;script&gt;alert(1)&lt;/script&gt; &quot;name&quot;');
  const places = [
    'Log evidence',
    'Warning: mask pixelScale: the pixels are too coarse (1&quot; &amp; more)',
    '<svg',
    'seed &amp; more',
  ];
  const order = places.map((text) => page.indexOf(text));
  expect(order.every((place) => place > 0)).toBe(true);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(page).toMatch(/<meta name="viewport" content="width=device-width/);
  for (const [, path] of page.matchAll(/href="([^"#:]+)"/g)) {
    expect([...files.map((file) => file.path), 'result.json']).toContain(path);
  }
});

test('every FITS file has its unit and history, and those per beam have a beam', () => {
  for (const path of reportPaths().filter((each) => each.endsWith('.fits'))) {
    const header = textOf(path).slice(0, 2880);
    expect(header, path).toContain('HISTORY by a test');
    const perBeam = /BUNIT {3}= 'Jy\/beam/.test(header);
    expect(/BMAJ {4}=/.test(header), path).toBe(perBeam);
    expect(perBeam || header.includes("BUNIT   = 'Jy/arcsec2'"), path).toBe(true);
  }
});

test('figures are the same, whenever they are made', () => {
  const again = reportFiles(result, { title: 'b' });
  expect(textOf('figures/source_mesh.svg')).toBe(
    new TextDecoder().decode(again.find(({ path }) => path === 'figures/source_mesh.svg')?.bytes),
  );
});
