import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inputs } from '../../src/bundled/inputs.js';
import { simulateBundled, visibilitiesOf } from '../../src/index.js';
import { bundledPaths, readBundled, readVisibilityFiles } from '../../src/node.js';
import { expectWellFormed } from '../generate/wellFormed.js';

describe('the bundled dataset', async () => {
  const { visibilities, fields } = await readBundled();
  const made = simulateBundled();

  test('is what scripts/make-bundled.ts makes', () => {
    expect(Object.keys(fields)).toEqual(Object.keys(made));
    for (const [name, { dtype, shape, data }] of Object.entries(made)) {
      expect({ name, dtype: fields[name].dtype, shape: fields[name].shape }).toEqual({ name, dtype, shape });
      // Engines may round sines and logarithms differently in the last place.
      const scale = Array.from(data).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      const tolerance = dtype === 'index' ? 0 : 1e-11 * scale;
      data.forEach((value, i) => {
        if (!(Math.abs(value - fields[name].data[i]) <= tolerance)) {
          expect.fail(`${name}[${i}]: made ${value}, bundled ${fields[name].data[i]}`);
        }
      });
    }
  });

  test('has the same visibilities in its FITS files as in its inputs', async () => {
    expect(await readVisibilityFiles(bundledPaths())).toEqual(visibilities);
    expect(visibilities).toEqual(visibilitiesOf(fields));
  });

  test('is the same in its module as in its file', () => {
    expect(Buffer.from(inputs, 'base64').equals(readFileSync(bundledPaths().inputs))).toBe(true);
  });

  test('is small, well formed, and hard enough: equal noise, phases beyond 100 rad', () => {
    expectWellFormed(fields, { N: 30, K: 405, S: 256, B: 3, P: 4 });
    const bytes = Object.values(bundledPaths()).map((path) => statSync(path).size);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(300_000);
    const noise = visibilities.noiseMap.data;
    expect(noise.every((value, lane) => value === noise[lane - (lane % 2)])).toBe(true);
    const uv = visibilities.uvWavelengths.data;
    const extent = (29 * 0.2 * Math.PI) / 648000;
    const reach = uv.reduce((max, u, at) => (at % 2 ? max : Math.max(max, Math.abs(u) + Math.abs(uv[at + 1]))), 0);
    expect(2 * Math.PI * extent * reach).toBeGreaterThan(100);
  });
});
