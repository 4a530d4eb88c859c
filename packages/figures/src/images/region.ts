import { type NdArray, real } from '@wtilde/core-types';

/** A rectangle of the source plane, in arcsec. */
export interface Region {
  readonly bottom: number;
  readonly top: number;
  readonly left: number;
  readonly right: number;
}

/** What holds all points (P, 2), (y, x). */
export function regionOf({ data }: NdArray<'real'>): Region {
  const region = { bottom: Infinity, top: -Infinity, left: Infinity, right: -Infinity };
  for (let at = 0; at < data.length; at += 2) {
    region.bottom = Math.min(region.bottom, data[at]);
    region.top = Math.max(region.top, data[at]);
    region.left = Math.min(region.left, data[at + 1]);
    region.right = Math.max(region.right, data[at + 1]);
  }
  return region;
}

/** Pixels along each side of a source image. */
const side = 256;

/** Square pixels over the square around a region. */
export function gridOver(region: Region) {
  const extent = Math.max(region.top - region.bottom, region.right - region.left);
  const pixelScale = extent / side;
  const centre = [(region.bottom + region.top) / 2, (region.left + region.right) / 2] as const;
  const grid = new Float64Array(2 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = 2 * (row * side + column);
      grid[at] = centre[0] + ((side - 1) / 2 - row) * pixelScale;
      grid[at + 1] = centre[1] + (column - (side - 1) / 2) * pixelScale;
    }
  }
  return { rows: side, columns: side, pixelScale, centre, grid: real(grid, [side * side, 2]) };
}

/** Least part of the brightest source pixel and least signal to noise that count as light, and the room left around it. */
const [light, certain, margin] = [0.1, 4, 0.35];

/**
 * The square to look at: around the source pixels that are bright, and other points that should be seen, within the
 * mesh.
 */
export function regionOfInterest(
  vertices: NdArray<'real'>,
  reconstruction: NdArray<'real'>,
  noise: NdArray<'real'>,
  others: readonly NdArray<'real'>[] = [],
): Region {
  const brightest = reconstruction.data.reduce((most, value) => Math.max(most, value), 0);
  const points: number[] = others.flatMap(({ data }) => [...data]);
  const isLight = (value: number, pixel: number) => value >= light * brightest && value >= certain * noise.data[pixel];
  const dark = brightest === 0 || !reconstruction.data.some(isLight);
  reconstruction.data.forEach((value, pixel) => {
    if (dark || isLight(value, pixel)) points.push(...vertices.data.subarray(2 * pixel, 2 * pixel + 2));
  });
  const all = regionOf(vertices);
  const seen = regionOf(real(points, [points.length / 2, 2]));
  const extent = (1 + 2 * margin) * Math.max(seen.top - seen.bottom, seen.right - seen.left);
  const whole = Math.max(all.top - all.bottom, all.right - all.left);
  const half = Math.min(extent, whole) / 2 || whole / 2;
  // Within the mesh: moved, not cut, so that it stays a square.
  const middle = (low: number, high: number, least: number, most: number) => {
    const centre = (low + high) / 2;
    return least + half > most - half ? (least + most) / 2 : Math.min(Math.max(centre, least + half), most - half);
  };
  const y = middle(seen.bottom, seen.top, all.bottom, all.top);
  const x = middle(seen.left, seen.right, all.left, all.right);
  return { bottom: y - half, top: y + half, left: x - half, right: x + half };
}
