import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { CompensatedSum } from '@wtilde/numerics';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkMask } from '../mask/checkMask.js';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D, MaskOutline } from '../mask/mask2d.js';
import { hilbertCurve } from './hilbertCurve.js';
import { checkHilbert, hilbertNames, standardHilbert } from './hilbertNumbers.js';

/** Cells along each side of the square around the mask that the curve goes through, as in PyAutoLens. */
const curveLength = 193;

/** Where the last point is drawn, as a share of the curve. */
const lastShare = 0.99999999;

/**
 * The Hilbert image mesh: `pixels` points (S, 2) in arcsec along a Hilbert curve through a circular mask, closer together
 * where the adapt image is bright; after them `edgePoints` on a circle half a pixel outside of the mask, which are meant to be
 * zero.
 *
 * Along the curve the density of points is (|image| / largest)^weightPower, at least `weightFloor`; the image between the
 * centres of pixels is bilinear and 0 where masked. (PyAutoLens interpolates over triangles, into which Qhull splits squares as
 * rounding happens: with an adapt image its points differ by some part of their distances; without one, weightPower 0, they
 * are the same.) Cost: O(193^2).
 *
 * @throws InvalidValue for a mask that is no disc, or numbers out of domain; MissingArgument, UnknownArgument,
 *   DTypeMismatch, ShapeMismatch for other arguments.
 */
export function hilbertImageMesh(given: {
  readonly mask: Mask2D;
  /** (M) at the open pixels of the mask. */
  readonly adaptImage: NdArray<'real'>;
  readonly pixels: number;
  readonly weightFloor?: number | undefined;
  readonly weightPower?: number | undefined;
  readonly edgePoints?: number | undefined;
}): NdArray<'real'> {
  checkNames(given, { mask: true, adaptImage: true, ...hilbertNames }, 'hilbertImageMesh');
  const { mask, adaptImage } = given;
  checkMask(mask, 'hilbertImageMesh mask');
  checkHilbert(given, 'hilbertImageMesh');
  const disc = discOf(mask);
  const { nativeIndexForSlimIndex, topLeft, pixels: open } = geometryOf(mask);
  checkArray(adaptImage, ['real'], [open], 'hilbertImageMesh adaptImage');
  const native = new Float64Array(mask.mask.data.length);
  const [, columns] = mask.mask.shape;
  adaptImage.data.forEach((value, slim) => {
    const row = topLeft[0] + nativeIndexForSlimIndex.data[2 * slim];
    native[row * columns + topLeft[1] + nativeIndexForSlimIndex.data[2 * slim + 1]] = value;
  });
  const curve = curveWithin(disc);
  const image = bilinearAt(native, mask, curve);
  const { pixels, edgePoints = standardHilbert.edgePoints, ...rest } = given;
  const drawn = drawAlong(curve, weightsOf(image, rest.weightFloor, rest.weightPower), pixels);
  const points = new Float64Array(2 * (pixels + edgePoints));
  points.set(drawn);
  const radius = disc.outerRadius + mask.pixelScale / 2;
  for (let k = 0; k < edgePoints; k++) {
    const angle = (2 * Math.PI * k) / edgePoints;
    points[2 * (pixels + k)] = disc.centre[0] + radius * Math.sin(angle);
    points[2 * (pixels + k) + 1] = disc.centre[1] + radius * Math.cos(angle);
  }
  return real(points, [pixels + edgePoints, 2]);
}

function discOf({ outline }: Mask2D): MaskOutline {
  if (outline !== undefined && outline.innerRadius === 0) return outline;
  throw new WtildeError('InvalidValue', {
    what: 'a Hilbert mesh needs a circular mask',
    where: 'mesh hilbert',
    expected: 'a mask drawn with one circle',
    actual: outline === undefined ? 'a mask without an outline' : 'an annulus',
    remedy: 'draw the mask with a radius, or use a mesh like overlay:30x30',
  });
}

/** (P, 2) the points of the curve that the disc holds: corners of cells, the first at its lower left. */
export function curveWithin({ centre, outerRadius }: MaskOutline): Float64Array {
  const cells = hilbertCurve(curveLength, curveLength);
  const inside: number[] = [];
  const place = (cell: number) => (cell / curveLength - 0.5) * (2 * outerRadius);
  for (let at = 0; at < cells.length; at += 2) {
    const [x, y] = [place(cells[at]), place(cells[at + 1])];
    if (Math.sqrt(y * y + x * x) <= outerRadius) inside.push(y + centre[0], x + centre[1]);
  }
  return Float64Array.from(inside);
}

/** (P) an image at points, bilinear between the centres of pixels, 0 outside of them. */
function bilinearAt(native: Float64Array, { mask: { shape }, pixelScale }: Mask2D, points: Float64Array): Float64Array {
  const [rows, columns] = shape;
  return Float64Array.from({ length: points.length / 2 }, (_, at) => {
    const down = (rows - 1) / 2 - points[2 * at] / pixelScale;
    const right = points[2 * at + 1] / pixelScale + (columns - 1) / 2;
    if (!(down >= 0 && down <= rows - 1 && right >= 0 && right <= columns - 1)) return 0;
    const row = Math.min(Math.floor(down), Math.max(rows - 2, 0));
    const column = Math.min(Math.floor(right), Math.max(columns - 2, 0));
    const [below, beside] = [down - row, right - column];
    const value = (r: number, c: number) => (r < rows && c < columns ? native[r * columns + c] : 0);
    return (
      (1 - below) * ((1 - beside) * value(row, column) + beside * value(row, column + 1)) +
      below * ((1 - beside) * value(row + 1, column) + beside * value(row + 1, column + 1))
    );
  });
}

/** (|image| / largest)^power, at least the floor; 1 everywhere where the image is nowhere above 0. */
export function weightsOf(
  image: Float64Array,
  floor: number = standardHilbert.weightFloor,
  power: number = standardHilbert.weightPower,
): Float64Array {
  const most = image.reduce((largest, value) => Math.max(largest, value), 0);
  if (!(most > 0)) return new Float64Array(image.length).fill(1);
  return image.map((value) => Math.max((Math.abs(value) / most) ** power, floor));
}

/** (count, 2) points at even shares of the sum of weights along a curve. */
export function drawAlong(curve: Float64Array, weights: Float64Array, count: number): Float64Array {
  // The rounding of a plain sum would move points by 1e-9 arcsec where weights are small.
  const total = new CompensatedSum();
  for (const weight of weights) total.add(weight);
  const shares = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, at) => {
    sum += weight / total.value;
    shares[at] = at === 0 ? 0 : sum;
  });
  const drawn = new Float64Array(2 * count);
  let at = 0;
  for (let k = 0; k < count; k++) {
    const share = count === 1 ? 0 : (k * lastShare) / (count - 1);
    while (at < shares.length - 2 && shares[at + 1] <= share) at++;
    const height = shares[at + 1] - shares[at];
    const part = height > 0 ? Math.min(Math.max((share - shares[at]) / height, 0), 1) : 0;
    for (const lane of [0, 1]) {
      const from = curve[2 * at + lane];
      drawn[2 * k + lane] = from + part * (curve[2 * at + 2 + lane] - from);
    }
  }
  return drawn;
}
