import { isFlagged, isUnequalNoise, type VisibilityChunk, WtildeError } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import { checkArray, checkNames } from '../arguments/checkArguments.js';

/**
 * The number of flagged visibilities; throws where visibilities cannot be used, naming the first such one, counted from
 * `first`.
 */
export function checkChunk(chunk: Visibilities, first: number): number {
  checkNames(chunk, { data: true, noiseMap: true, uvWavelengths: true, antennas: false, times: false }, 'dataset');
  const { data, noiseMap, uvWavelengths, antennas, times } = chunk;
  checkArray(data, ['complex'], ['K'], 'dataset data');
  checkArray(noiseMap, ['complex'], ['K'], 'dataset noiseMap');
  checkArray(uvWavelengths, ['real'], ['K', 2], 'dataset uvWavelengths');
  const count = data.shape[0];
  if (noiseMap.shape[0] !== count || uvWavelengths.shape[0] !== count) {
    throw new WtildeError('ShapeMismatch', {
      what: 'the arrays of the visibilities do not belong together',
      where: 'dataset',
      expected: `noiseMap [${count}] and uvWavelengths [${count}, 2], as data [${count}]`,
      actual: `[${noiseMap.shape.join(', ')}] and [${uvWavelengths.shape.join(', ')}]`,
      remedy: 'pass data, noise and baselines of the same visibilities',
    });
  }
  if (antennas !== undefined) checkArray(antennas, ['index'], [count, 2], 'dataset antennas');
  if (times !== undefined) checkArray(times, ['real'], [count], 'dataset times');
  let flagged = 0;
  const [values, noise, baselines] = [data.data, noiseMap.data, uvWavelengths.data];
  for (let k = 0; k < count; k++) {
    const re = noise[2 * k];
    const im = noise[2 * k + 1];
    if (isFlagged(noise, k)) {
      flagged += 1;
      continue;
    }
    // A difference is NaN for what is not finite.
    const sum = values[2 * k] + values[2 * k + 1] + baselines[2 * k] + baselines[2 * k + 1];
    if (sum - sum === 0 && re - re === 0 && im - im === 0 && re !== 0 && im !== 0 && !isUnequalNoise(re, im)) continue;
    if (!(re !== 0 && im !== 0 && Number.isFinite(re) && Number.isFinite(im))) {
      throw unusable(
        'noiseMap',
        'a noise other than zero, or infinite for a visibility to leave out',
        re,
        im,
        first + k,
      );
    }
    if (isUnequalNoise(re, im)) throw unequalNoise(re, im, first + k);
    requirePair('data', values, k, first);
    requirePair('uvWavelengths', baselines, k, first);
  }
  return flagged;
}

function requirePair(name: string, values: Float64Array, k: number, first: number): void {
  if (Number.isFinite(values[2 * k]) && Number.isFinite(values[2 * k + 1])) return;
  throw unusable(name, 'finite numbers', values[2 * k], values[2 * k + 1], first + k);
}

/** What accumulators take of it. */
export function bare({ data, noiseMap, uvWavelengths }: Visibilities): VisibilityChunk {
  return { data, noiseMap, uvWavelengths };
}

function unusable(name: string, expected: string, a: number, b: number, k: number): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'a visibility cannot be used',
    where: `${name}, visibility ${k} (from 0)`,
    expected,
    actual: `${a}, ${b}`,
    remedy: 'correct it, or flag the visibility by infinite noise',
  });
}

function unequalNoise(re: number, im: number, k: number): WtildeError {
  return new WtildeError('UnequalNoise', {
    what: 'the noise of real and imaginary part differ, and W is exact for equal noise only',
    where: `noiseMap, visibility ${k} (from 0)`,
    expected: 'equal parts',
    actual: `${re} and ${im}`,
    remedy: 'use one noise for both parts, for example their root mean square',
  });
}
