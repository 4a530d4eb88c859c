import { WtildeError } from '@wtilde/core-types';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';

/** What is taken where nothing is given: points of the same density everywhere, and the circle of the workspace. */
export const standardHilbert = { weightFloor: 0, weightPower: 0, edgePoints: 30 };

export const hilbertNames = { pixels: true, weightFloor: false, weightPower: false, edgePoints: false };

/** Throws InvalidValue where a number of a Hilbert mesh is out of domain. */
export function checkHilbert(given: { readonly [Name in keyof typeof hilbertNames]?: unknown }, where: string): void {
  const { pixels, weightFloor = 0, weightPower = 0, edgePoints = 0 } = given;
  checkCount(pixels, 2, `${where} pixels`);
  checkCount(edgePoints, 0, `${where} edgePoints`);
  checkNumber(weightFloor, { minimum: 0, maximum: 1 }, `${where} weightFloor`, 'the least density of points');
  checkNumber(weightPower, { minimum: 0 }, `${where} weightPower`, 'the power of the image that the density is');
}

function checkCount(value: unknown, least: number, where: string): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= 2 ** 16) return;
  throw new WtildeError('InvalidValue', {
    what: 'not a number of points',
    where,
    expected: `a whole number from ${least} to ${2 ** 16}`,
    actual: shown(value),
    remedy: 'pass such a number',
  });
}
