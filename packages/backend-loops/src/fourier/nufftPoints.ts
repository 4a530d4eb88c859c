import type { NufftPlan } from './nufftPlan.js';
import { fractionOfTurns } from './turns.js';

/** Sides of a tile of the fine grid, as a power of two: with the kernel's width it fits the first-level cache. */
const TILE_BITS = 5;

/**
 * A chunk of visibilities on the fine grid, and the order, tile by tile, in which their cells are near each
 * other. Reused from chunk to chunk, so that memory does not grow with K.
 */
export interface NufftPoints {
  readonly capacity: number;
  /** The first cell that each visibility touches, in the stored grid. */
  readonly cell: Int32Array;
  /** Where it stands in its cell along x and y, in half cells: -1 to 1. */
  readonly offsetX: Float64Array;
  readonly offsetY: Float64Array;
  /** Its strength. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Scratch for a phase per visibility. */
  readonly turns: Float64Array;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** The tile of each visibility, and by tile: the visibilities one after the other. */
  readonly tile: Int32Array;
  readonly order: Int32Array;
  readonly tileStart: Int32Array;
}

/** Room for `capacity` visibilities. */
export function createNufftPoints(plan: NufftPlan, capacity: number): NufftPoints {
  return {
    capacity,
    cell: new Int32Array(capacity),
    offsetX: new Float64Array(capacity),
    offsetY: new Float64Array(capacity),
    re: new Float64Array(capacity),
    im: new Float64Array(capacity),
    turns: new Float64Array(capacity),
    cos: new Float64Array(capacity),
    sin: new Float64Array(capacity),
    tile: new Int32Array(capacity),
    order: new Int32Array(capacity),
    tileStart: new Int32Array(tilesAcross(plan) * tilesDown(plan) + 1),
  };
}

/**
 * Places the visibilities first to first + count - 1: a visibility stands at u d and v d turns, of which
 * the whole ones are taken off exactly, times the cells of one period.
 *
 * @param uvWavelengths (K, 2)
 * @param pitch sides of a pixel in radians
 */
export function placePoints(
  plan: NufftPlan,
  points: NufftPoints,
  uvWavelengths: Float64Array,
  { pitchY, pitchX }: { readonly pitchY: number; readonly pitchX: number },
  first: number,
  count: number,
): void {
  const { x, y, stride, kernel } = plan;
  const { cell, offsetX, offsetY, tile, tileStart } = points;
  const half = kernel.width / 2;
  const shiftX = (x.size >> 1) + x.margin;
  const shiftY = (y.size >> 1) + y.margin;
  const across = tilesAcross(plan);
  tileStart.fill(0);
  for (let k = 0, i = 2 * first; k < count; k++, i += 2) {
    const placeX = fractionOfTurns(uvWavelengths[i] * pitchX) * x.size;
    const placeY = fractionOfTurns(uvWavelengths[i + 1] * pitchY) * y.size;
    const lowX = Math.ceil(placeX - half);
    const lowY = Math.ceil(placeY - half);
    offsetX[k] = 2 * (lowX - placeX) + kernel.width - 1;
    offsetY[k] = 2 * (lowY - placeY) + kernel.width - 1;
    const column = (lowX + shiftX) | 0;
    const row = (lowY + shiftY) | 0;
    cell[k] = row * stride + column;
    const inTile = (row >> TILE_BITS) * across + (column >> TILE_BITS);
    tile[k] = inTile;
    tileStart[inTile + 1]++;
  }
}

/** Sorts the visibilities placed last by tile, keeping their order within one. */
export function sortByTile({ tile, order, tileStart }: NufftPoints, count: number): void {
  for (let t = 1; t < tileStart.length; t++) tileStart[t] += tileStart[t - 1];
  for (let k = 0; k < count; k++) order[tileStart[tile[k]]++] = k;
}

function tilesAcross({ stride }: NufftPlan): number {
  return (stride >> TILE_BITS) + 1;
}

function tilesDown({ y }: NufftPlan): number {
  return ((y.size + 2 * y.margin) >> TILE_BITS) + 1;
}
