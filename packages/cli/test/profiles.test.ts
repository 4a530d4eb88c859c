import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpzFile } from '@wtilde/data/node';
import { lightKinds, linearLightKinds, massKinds } from '@wtilde/lens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, invoke } from './invoke.js';
import { jsonOf, numberIn, objectIn } from './json.js';

let folder: string;
const at = (name: string) => join(folder, name);
const mass = [{ type: 'IsothermalSph', centre: [0.03, -0.05], einsteinRadius: 1.2, coreRadius: 0.1 }];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  await writeFile(at('lens.json'), JSON.stringify({ mass }));
  const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }];
  await writeFile(at('sky.json'), JSON.stringify({ mass, light }));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('profiles', () => {
  test('every profile is listed with its parameters', async () => {
    const { code, out, err } = await invoke('profiles');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const [name, { parameters }] of [massKinds, lightKinds, linearLightKinds].flatMap((kinds) =>
      Object.entries(kinds),
    )) {
      expect(out).toMatch(new RegExp(`^  ${name} +${Object.keys(parameters).join(', ')}`, 'm'));
    }
  });

  test('one profile with formula, source, units and domains', async () => {
    const { out } = await invoke('profiles', 'NFWTruncated');
    expect(out).toContain('Baltz');
    expect(out).toMatch(/truncationRadius +from 0.000001 to 1296000 arcsec needed/);
    expect(out).toMatch(/axisRatio +from 0.0001 to 1 default 1/);
  });

  test('as JSON', async () => {
    const found = jsonOf((await invoke('profiles', 'Moffat', '--json')).out);
    expect(found).toMatchObject({ mass: {}, light: { Moffat: { parameters: { beta: { above: 0 } } } } });
  });

  test('a name that is near is offered', async () => {
    expectRefused(await invoke('profiles', 'PowerLawBrokn'), /PowerLawBroken/);
  });
});

describe('lens', () => {
  test('Einstein radius, critical curves and caustics of a sphere with a core', async () => {
    const { code, out } = await invoke('lens', '--lens', at('lens.json'), '--out', at('curves.npz'), '--json');
    expect(code).toBe(0);
    const found = jsonOf(out);
    expect(numberIn(found, 'einsteinRadius')).toBeCloseTo(Math.sqrt(1.2 ** 2 - 2 * 1.2 * 0.1), 8);
    expect(objectIn(found, 'criticalCurves')).toMatchObject({
      tangential: [{ closed: true }],
      radial: [{ closed: true }],
    });
    const fields = await readNpzFile(at('curves.npz'));
    expect(Object.keys(fields).toSorted()).toEqual([
      'radial_caustic_0',
      'radial_critical_curve_0',
      'tangential_caustic_0',
      'tangential_critical_curve_0',
    ]);
    const text = await invoke('lens', '--lens', at('lens.json'));
    expect(text.out).toContain('Einstein radius 1.09544');
    expect(text.out).toMatch(/tangential +\d+ +2\.19\d\d +2\.19\d\d/);
  });

  test('an extent that cuts the curve says so, one that is none is refused', async () => {
    const cut = await invoke('lens', '--lens', at('lens.json'), '--extent', '0.5,2,-2,2');
    expect(cut.out).toContain('the extent cuts the critical curve');
    expect(cut.out).toContain('leaves the extent');
    expectRefused(await invoke('lens', '--lens', at('lens.json'), '--extent', '1,2,3'), /--extent.*four numbers/);
  });
});

describe('coolest', () => {
  test('a template of a lens, and the lens of that template', async () => {
    const sheet = {
      mass: [
        { type: 'MassSheet', kappa: 0.2 },
        { type: 'PowerLaw', einsteinRadius: 1.2, slope: 2.1 },
      ],
    };
    await writeFile(at('sheet.json'), JSON.stringify(sheet));
    const redshifts = ['--lens-redshift', '0.5', '--source-redshift', '2'];
    const made = await invoke('coolest', '--lens', at('sheet.json'), ...redshifts, '--pixel-scale', '0.05');
    const there = { ...sheet, lensRedshift: 0.5, sourceRedshift: 2 };
    await writeFile(at('redshifts.json'), JSON.stringify(there));
    expect((await invoke('coolest', '--lens', at('redshifts.json'), '--pixel-scale', '0.05')).out).toBe(made.out);
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    await writeFile(at('template.json'), made.out);
    const back = jsonOf((await invoke('coolest', at('template.json'), '--pixel-scale', '0.05')).out);
    expect(back).toMatchObject({
      lensRedshift: 0.5,
      sourceRedshift: 2,
      mass: [
        { type: 'MassSheet', kappa: 0.2 },
        { type: 'PowerLaw', slope: 2.1, axisRatio: 1 },
      ],
    });
  });

  test('neither of both, or redshifts left out', async () => {
    expectRefused(await invoke('coolest', '--pixel-scale', '1'), /neither/);
    expectRefused(await invoke('coolest', '--lens', at('lens.json'), '--pixel-scale', '1'), /redshift/);
  });
});

test('source: flux and magnification with errors', async () => {
  const sky = ['--mask-radius', '2', '--pixel-scale', '0.2', '--shape', '24'];
  await invoke(
    'simulate',
    '--lens',
    at('sky.json'),
    '--out',
    at('data'),
    ...sky,
    '--visibilities',
    '400',
    '--noise',
    '0.5',
  );
  const asked = ['source', '--data', at('data'), '--lens', at('lens.json'), ...sky, '--mesh', 'overlay:12x12'];
  const { code, out } = await invoke(...asked, '--json');
  expect(code).toBe(0);
  const found = jsonOf(out);
  const [flux, magnification] = ['sourceFlux', 'magnification'].map((name) => objectIn(found, name));
  // 2 pi sigma^2 over the area of an image pixel.
  const expected = (2 * Math.PI * 0.25 ** 2) / 0.2 ** 2;
  expect(Math.abs(numberIn(flux, 'value') - expected)).toBeLessThan(4 * numberIn(flux, 'error') + 0.05 * expected);
  expect(numberIn(magnification, 'value')).toBeGreaterThan(1);
  const text = await invoke(...asked, '--minimum-signal-to-noise', '2');
  expect(text.out).toMatch(/source pixels +\d+ of \d+/);
  expect(text.out).toMatch(/magnification +[\d.]+ \+- [\d.]+/);
});
