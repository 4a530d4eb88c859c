import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { real } from '@wtilde/core-types';
import { readFits } from '@wtilde/data';
import { describe, expect, it, test } from 'vitest';
import { fitsImage, type SkyImage } from '../src/index.js';

// Three rows from the North, four columns from the West: 12 is in the South-East.
const image: SkyImage = {
  values: real([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Number.NaN, 12], [3, 4]),
  pixelScale: 0.5,
  centre: [1, -2],
  unit: 'Jy/beam',
};
const position = { ra: 187.7059, dec: 12.3911 };
const beam = { major: 1.8, minor: 0.9, angle: 90 };

function cardsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const cards = new Map<string, string>();
  for (let at = 0; ; at += 80) {
    const card = String.fromCharCode(...bytes.subarray(at, at + 80));
    expect(card).toMatch(/^[ -~]{80}$/);
    if (card.startsWith('END ')) return cards;
    if (card.startsWith('HISTORY ')) cards.set('HISTORY', `${cards.get('HISTORY') ?? ''}${card.slice(8).trimEnd()}\n`);
    else cards.set(card.slice(0, 8).trim(), card.slice(10).split(' /')[0].trim());
  }
}

/** x and y of a pixel of the file, counted from 1, as its linear coordinates say. */
function placeOf(cards: ReadonlyMap<string, string>, i: number, j: number): readonly [number, number] {
  const number = (name: string) => Number(cards.get(name));
  return [
    number('CRVAL1') + (i - number('CRPIX1')) * number('CDELT1'),
    number('CRVAL2') + (j - number('CRPIX2')) * number('CDELT2'),
  ];
}

describe('a FITS image', () => {
  const bytes = fitsImage(image, { object: 'a test', beam, history: ['first', 'x'.repeat(100)] });
  const cards = cardsOf(bytes);

  it('begins in the South-East: rows from the bottom, East to the left', () => {
    expect([...readFits(bytes).data]).toEqual([12, Number.NaN, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(Number(cards.get('CDELT1'))).toBe(-0.5);
    expect(Number(cards.get('CDELT2'))).toBe(0.5);
    expect(cards.get('NAXIS1')).toBe('4');
    // 12 is half a pixel and one more to the East of the middle, and a row to the South.
    expect(placeOf(cards, 1, 1)).toEqual([-1.25, 0.5]);
    expect(placeOf(cards, 4, 3)).toEqual([-2.75, 1.5]);
  });

  it('has unit, beam with its position angle from North through East, and history', () => {
    expect(cards.get('BUNIT')).toBe("'Jy/beam '");
    expect(cards.get('CUNIT1')).toBe("'arcsec  '");
    expect(Number(cards.get('BMAJ'))).toBeCloseTo(1.8 / 3600, 15);
    expect(Number(cards.get('BPA'))).toBe(0);
    expect(cards.get('HISTORY')).toBe(`first\n${'x'.repeat(72)}\n${'x'.repeat(28)}\n`);
    const east = cardsOf(fitsImage(image, { beam: { ...beam, angle: 0 } }));
    expect(Number(east.get('BPA'))).toBe(90);
    const between = cardsOf(fitsImage(image, { beam: { ...beam, angle: -60 } }));
    expect(Number(between.get('BPA'))).toBe(-30);
  });

  it('with a position: RA and Dec, where 0,0 has that position', () => {
    const sky = cardsOf(fitsImage(image, { position }));
    expect(sky.get('CTYPE1')).toBe("'RA---SIN'");
    const [i, j] = [Number(sky.get('CRPIX1')), Number(sky.get('CRPIX2'))];
    const [x, y] = placeOf(cards, i, j);
    expect([x, y]).toEqual([0, 0]);
  });
});

test('whole blocks, and cards in the order of the standard', () => {
  for (const options of [{ beam, history: ['first'] }, { position }]) {
    const bytes = fitsImage(image, options);
    expect(bytes.length % 2880).toBe(0);
    const text = String.fromCharCode(...bytes.subarray(0, 2880));
    const keywords = [...cardsOf(bytes).keys()];
    expect(keywords.slice(0, 5)).toEqual(['SIMPLE', 'BITPIX', 'NAXIS', 'NAXIS1', 'NAXIS2']);
    expect(text.slice(0, 30)).toBe('SIMPLE  =                    T');
    const end = keywords.length * 80;
    expect(text.slice(end, end + 80)).toBe('END'.padEnd(80));
    expect(text.slice(end + 80).trim()).toBe('');
    // Big-endian float64 from the next block on, and zeros behind them.
    const view = new DataView(bytes.buffer, bytes.byteOffset + 2880);
    expect(view.getFloat64(0)).toBe(12);
    expect(view.getFloat64(11 * 8)).toBe(1);
    expect(bytes.subarray(2880 + 12 * 8).every((byte) => byte === 0)).toBe(true);
  }
});

/** The checker of HEASARC. */
const verifier = 'fitsverify';
const fitsverify = (() => {
  try {
    execFileSync(verifier, ['-h'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
})();

test.skipIf(!fitsverify)(`fitsverify has nothing to say${fitsverify ? '' : ' [it is not there]'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wtilde-'));
  const path = join(folder, 'image.fits');
  for (const options of [{}, { object: 'a test', beam, history: ['x'.repeat(100)] }, { position, beam }]) {
    writeFileSync(path, fitsImage(image, options));
    expect(execFileSync(verifier, [path], { encoding: 'utf8' })).toContain('0 warning(s) and 0 error(s)');
  }
  rmSync(folder, { recursive: true });
});

const reader = `
import json, sys, warnings
warnings.simplefilter('error')
from astropy.io import fits
from astropy.wcs import WCS
from astropy import units
with fits.open(sys.argv[1]) as hdus:
    hdus.verify('exception')
    header, data = hdus[0].header, hdus[0].data
    wcs = WCS(header)
    sky = wcs.pixel_to_world_values([[0, 0], [3, 2]])
    print(json.dumps({'first': data[0, 0], 'last': data[2, 3], 'unit': str(units.Unit(header['BUNIT'])),
        'sky': [list(map(float, each)) for each in sky], 'unit1': str(wcs.wcs.cunit[0]), 'history': list(header.get('HISTORY', []))}))
`;

const python = ['python3', '/usr/bin/python3'].find((path) => {
  try {
    execFileSync(path, ['-c', 'import astropy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

test.skipIf(python === undefined)(`astropy reads it${python === undefined ? ' [there is no astropy]' : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wtilde-'));
  const read = (options: Parameters<typeof fitsImage>[1]) => {
    const path = join(folder, 'image.fits');
    writeFileSync(path, fitsImage(image, options));
    return JSON.parse(execFileSync(String(python), ['-c', reader, path], { encoding: 'utf8' }));
  };
  const offsets = read({ beam, history: ['made by a test'] });
  expect(offsets).toMatchObject({ first: 12, last: 1, unit: 'Jy / beam', history: ['made by a test'] });
  expect(offsets.sky[0][0] * (offsets.unit1 === 'deg' ? 3600 : 1)).toBeCloseTo(-1.25, 9);
  const { sky } = read({ position });
  const [ra, dec] = sky[0];
  // On the tangent plane of the sine projection.
  const radians = Math.PI / 180;
  expect((Math.cos(dec * radians) * Math.sin((ra - position.ra) * radians)) / radians).toBeCloseTo(-1.25 / 3600, 10);
  expect(dec - position.dec).toBeCloseTo(0.5 / 3600, 7);
  rmSync(folder, { recursive: true });
});
