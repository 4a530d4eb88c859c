import { generated } from '@wtilde/data';
import { expect, test } from 'vitest';
import { fileOf, small } from './datasets.js';
import { invoke } from './invoke.js';

const unequal = generated({ N: 6, K: 12, S: 9, P: 4 });
const warning = /^wtilde: warning: noise_map: .* 12 of 12 visibilities, .*approximation\n$/;

test('likelihood warns on stderr and computes all the same', async () => {
  const { code, err } = await invoke('likelihood', '--inputs', await fileOf(unequal));
  expect(err).toMatch(warning);
  expect(code).toBe(0);
});

test('kernel warns where the real noise stands for both parts', async () => {
  const inputs = await fileOf(unequal);
  for (const name of ['w_compact_curvature_interferometer_from', 'wTildeViaCompactFrom', 'evidence_terms_from']) {
    expect((await invoke('kernel', name, '--inputs', inputs)).err).toMatch(warning);
  }
});

test('nobody warns where the parts are equal or both used', async () => {
  const calls = [
    await invoke('likelihood', '--inputs', await fileOf(small)),
    await invoke('kernel', 'noise_normalization_complex_from', '--inputs', await fileOf(unequal)),
    await invoke('kernel', 'mapping_matrix_from', '--inputs', await fileOf(unequal)),
  ];
  for (const { err } of calls) expect(err).toBe('');
});
