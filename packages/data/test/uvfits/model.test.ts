import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex, type NdArray } from '@wtilde/core-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importUvfits, openUvfits, smaLike, sourceOfBytes, visibilitiesOf, writeUvfits } from '../../src/index.js';
import { openUvfitsFile, writeUvfitsModel } from '../../src/node.js';
import { rejectionOf } from '../errors.js';
import { joined } from '../observation/joined.js';
import { sharedFile, testWithShared } from '../shared.js';
import { observed } from './observed.js';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

/** Any function of the baseline that tells them apart. */
function model({ data }: NdArray<'real'>): NdArray<'complex'> {
  return complex(Float64Array.from(data, (each, lane) => Math.sin(each / 1e5 + (lane % 2))));
}

async function allOf(path: string) {
  const { chunks } = await importUvfits(await openUvfitsFile(path));
  return await joined(chunks());
}

test('the model is where the visibilities were; weights and baselines are those of the file', async () => {
  const windows = [
    { offset: 0, width: 2e6 },
    { offset: 5e9, width: 2e6 },
  ];
  const bytes = observed({ windows, channels: 3, stokes: [-1, -2, -3, -4], axes: ['COMPLEX', 'FREQ', 'IF', 'STOKES'] });
  await writeFile(at('data.uvfits'), bytes);
  await writeUvfitsModel(at('data.uvfits'), at('model.uvfits'), model);
  const [before, after] = [await allOf(at('data.uvfits')), await allOf(at('model.uvfits'))];
  expect(after.uv).toEqual(before.uv);
  expect(after.noise).toEqual(before.noise);
  for (let k = 0; k < after.count; k++) {
    const wanted = model({ dtype: 'real', shape: [1, 2], data: Float64Array.from(after.uv.slice(2 * k, 2 * k + 2)) });
    expect(after.data[2 * k]).toBeCloseTo(wanted.data[0], 12);
    expect(after.data[2 * k + 1]).toBeCloseTo(wanted.data[1], 12);
  }
  const crossed = await openUvfitsFile(at('model.uvfits'));
  for await (const { re, im } of crossed.read({ stokes: 'RL' }))
    expect([...re, ...im].every((each) => each === 0)).toBe(true);
});

test('nothing is written over the file itself, or where the model is wrong', async () => {
  await writeFile(at('kept.uvfits'), observed());
  await rejectionOf(writeUvfitsModel(at('kept.uvfits'), at('kept.uvfits'), model), 'InvalidOption');
  const wrong = writeUvfitsModel(at('kept.uvfits'), at('never.uvfits'), () => complex([1, 2]));
  await rejectionOf(wrong, 'ShapeMismatch');
  await rejectionOf(openUvfitsFile(at('never.uvfits')), 'FileUnreadable');
  expect(await readFile(at('kept.uvfits'))).toEqual(Buffer.from(observed()));
});

testWithShared('a real file: only real and imaginary parts differ', ['data/uvfits/sample.uvfits'], async () => {
  const path = sharedFile('data/uvfits/sample.uvfits');
  await writeUvfitsModel(path, at('sample.uvfits'), model);
  const [before, after] = [await readFile(path), await readFile(at('sample.uvfits'))];
  expect(after.length).toBe(before.length);
  const groups = await openUvfits(sourceOfBytes(after));
  expect(groups.groups).toBe(714);
  const differing = after.filter((byte, i) => byte !== before[i]).length;
  expect(differing).toBeGreaterThan(0);
  expect(differing).toBeLessThanOrEqual(714 * 4 * 8);
});

test('what writeUvfits writes is imported as it was', async () => {
  const whole = visibilitiesOf(smaLike({ K: 60 }));
  const bytes = writeUvfits(whole, { frequency: 345e9, bitpix: -64 });
  const { chunks } = await importUvfits(await openUvfits(sourceOfBytes(bytes)));
  const { data, noise, uv } = await joined(chunks());
  for (const [lane, each] of whole.data.data.entries()) expect(data[lane] / each).toBeCloseTo(1, 12);
  for (const [lane, each] of whole.noiseMap.data.entries()) expect(noise[lane] / each).toBeCloseTo(1, 12);
  for (const [lane, each] of whole.uvWavelengths.data.entries()) expect(uv[lane] / each).toBeCloseTo(1, 12);
});
