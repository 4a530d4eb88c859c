import { describe, expect } from 'vitest';
import { invoke } from './invoke.js';
import { jsonOf, listIn, numberIn, objectIn } from './json.js';
import { testWithGolden } from './shared.js';

/** Evidences and terms that python-autojax gives for the golden datasets. */
const golden = [
  {
    file: 'generated-default.npz',
    backends: ['reference', 'loops'],
    logEvidence: -274918.0027170969,
    chiSquared: 550212.5952819224,
    warns: true,
  },
  {
    file: 'sma.npz',
    backends: ['reference', 'loops'],
    logEvidence: -13533.902761773159,
    chiSquared: 12356.5068115998,
    warns: false,
  },
  {
    // The reference takes too long on this one to be run in every test.
    file: 'alma-high-res.npz',
    backends: ['loops'],
    logEvidence: -60313.53200616217,
    chiSquared: 9649.438530441703,
    warns: false,
  },
] as const;

describe('likelihood of the golden datasets', () => {
  for (const { file, backends, logEvidence, chiSquared, warns } of golden) {
    testWithGolden(file, 'the evidence to 1e-6', async (path) => {
      const chosen = backends.flatMap((id) => ['--backend', id]);
      const { code, out, err } = await invoke('likelihood', '--inputs', path, '--json', ...chosen);
      expect(code).toBe(0);
      expect(err).toMatch(warns ? /^wtilde: warning: noise_map: .* 1024 of 1024 [^\n]*\n$/ : /^$/);
      const results = listIn(jsonOf(out), 'backends');
      expect(results.map(({ id }) => id)).toEqual(backends);
      for (const result of results) {
        expect(Math.abs(numberIn(result, 'logEvidence') - logEvidence)).toBeLessThan(1e-6);
        expect(Math.abs(numberIn(objectIn(result, 'terms'), 'chiSquared') - chiSquared)).toBeLessThan(1e-6);
      }
    });
  }
});
