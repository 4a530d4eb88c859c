// A grid without pixels lies on every lattice: all methods give results of the right shape.
import { complex, real } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { backendAndEngine } from './fixtures.js';

const { backend } = await backendAndEngine();
const {
  dirtyImageInterferometerFrom,
  visibilitiesFrom,
  wTildeCurvatureInterferometerFrom,
  wTildeDataInterferometerFrom,
} = backend.kernels;

const gridRadiansSlim = real([], [0, 2]);
const uvWavelengths = real([1e5, -2e5, 3e4, 7e5], [2, 2]);
const noiseMapReal = real([1, 2]);

it.each(['auto', ...Object.keys(dirtyImageInterferometerFrom.methods)])('the dirty image by %s', (method) => {
  const noiseMap = complex([1, 1, 2, 2]);
  const args = { data: complex([1, 0, 0, 1]), noiseMap, uvWavelengths, gridRadiansSlim };
  expect(dirtyImageInterferometerFrom(args, { method })).toEqual(real([]));
});

it.each(['auto', ...Object.keys(wTildeDataInterferometerFrom.methods)])('W times the data by %s', (method) => {
  const args = { visibilitiesReal: real([1, 2]), noiseMapReal, uvWavelengths, gridRadiansSlim };
  expect(wTildeDataInterferometerFrom(args, { method })).toEqual(real([]));
});

it.each(['auto', ...Object.keys(wTildeCurvatureInterferometerFrom.methods)])('W by %s', (method) => {
  const args = { noiseMapReal, uvWavelengths, gridRadiansSlim };
  expect(wTildeCurvatureInterferometerFrom(args, { method })).toEqual(real([], [0, 0]));
});

it.each(['auto', ...Object.keys(visibilitiesFrom.methods)])('the visibilities of nothing by %s', (method) => {
  expect(visibilitiesFrom({ image: real([]), uvWavelengths, gridRadiansSlim }, { method })).toEqual(
    complex([0, 0, 0, 0]),
  );
});
