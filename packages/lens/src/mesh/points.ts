import { type NdArray, WtildeError } from '@wtilde/core-types';

/** Throws where an array is not a list of points (P, 2) with finite coordinates. */
export function checkPoints({ shape, data }: NdArray<'real'>, where: string): void {
  if (shape.length !== 2 || shape[1] !== 2 || data.length !== 2 * shape[0]) {
    throw new WtildeError('ShapeMismatch', {
      what: 'not a list of points',
      where,
      expected: '[P, 2], y before x',
      actual: `[${shape.join(', ')}] with ${data.length} numbers`,
      remedy: 'pass a grid of (y, x) coordinates',
    });
  }
  const at = data.findIndex((coordinate) => !Number.isFinite(coordinate));
  if (at < 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'a coordinate is not finite',
    where,
    expected: 'finite numbers',
    actual: `${data[at]} at [${Math.floor(at / 2)}, ${at % 2}]`,
    remedy: 'correct the lens model or the grid it was traced from',
  });
}
