import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkMask } from '../mask/checkMask.js';
import type { Mask2D, MaskOutline } from '../mask/mask2d.js';
import { checkMeshShape } from './shape.js';

/**
 * The overlay image mesh: the centres (S, 2) in arcsec of `shape` equal cells over the extent of the open region of a
 * mask, where the region holds them; row by row from the top, x rising.
 *
 * The open region is what the mask was drawn with, a disc or an annulus. A mask without an outline,
 * such as one from a file, is open where its pixels are, and its extent is theirs, outer edges included. (PyAutoLens asks
 * the pixels of every mask, which decides otherwise about some centres at the rim of a disc.)
 *
 * @throws InvalidValue for a shape without cells, or a mask without open pixels; MissingArgument, UnknownArgument,
 *   DTypeMismatch or ShapeMismatch for other arguments.
 */
export function overlayImageMesh(given: {
  readonly mask: Mask2D;
  readonly shape: readonly [number, number];
}): NdArray<'real'> {
  checkNames(given, { mask: true, shape: true }, 'overlayImageMesh');
  const { mask, shape } = given;
  checkMask(mask, 'overlayImageMesh mask');
  checkMeshShape(shape, 'overlay');
  const { centre, height, width, holds } = mask.outline ? betweenCircles(mask.outline) : openPixels(mask);
  const [rows, columns] = shape;
  const centres: number[] = [];
  for (let row = 0; row < rows; row++) {
    const y = centre[0] + ((rows - 1) / 2 - row) * (height / rows);
    for (let column = 0; column < columns; column++) {
      const x = centre[1] + (column - (columns - 1) / 2) * (width / columns);
      if (holds(y, x)) centres.push(y, x);
    }
  }
  return real(centres, [centres.length / 2, 2]);
}

/** A region of the image plane and the rectangle around it, in arcsec. */
interface Region {
  readonly centre: readonly [number, number];
  readonly height: number;
  readonly width: number;
  holds(y: number, x: number): boolean;
}

function betweenCircles({ centre, innerRadius, outerRadius }: MaskOutline): Region {
  return {
    centre,
    height: 2 * outerRadius,
    width: 2 * outerRadius,
    holds(y, x) {
      const distance = Math.hypot(y - centre[0], x - centre[1]);
      return distance >= innerRadius && distance <= outerRadius;
    },
  };
}

function openPixels({ mask: { data, shape }, pixelScale }: Mask2D): Region {
  const [rows, columns] = shape;
  let [firstRow, lastRow, firstColumn, lastColumn] = [rows, -1, columns, -1];
  data.forEach((masked, at) => {
    if (masked) return;
    const row = Math.floor(at / columns);
    const column = at % columns;
    firstRow = Math.min(firstRow, row);
    lastRow = Math.max(lastRow, row);
    firstColumn = Math.min(firstColumn, column);
    lastColumn = Math.max(lastColumn, column);
  });
  if (lastRow < 0) {
    throw new WtildeError('InvalidValue', {
      what: 'the mask leaves no pixel open',
      where: 'mask',
      expected: 'at least one pixel that is not masked',
      actual: `${rows}x${columns} masked pixels`,
      remedy: 'use a larger radius, or check that true means masked',
    });
  }
  const top = (rows / 2 - firstRow) * pixelScale;
  const left = (firstColumn - columns / 2) * pixelScale;
  const height = (lastRow - firstRow + 1) * pixelScale;
  const width = (lastColumn - firstColumn + 1) * pixelScale;
  return {
    centre: [top - height / 2, left + width / 2],
    height,
    width,
    holds(y, x) {
      const row = firstRow + Math.floor((top - y) / pixelScale);
      const column = firstColumn + Math.floor((x - left) / pixelScale);
      return data[row * columns + column] === 0;
    },
  };
}
