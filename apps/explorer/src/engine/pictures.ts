import { type NdArray, real } from '@wtilde/core-types';
import {
  type CurveRegion,
  createSourceInterpolator,
  criticalCurves,
  dirtyImageOf,
  type Evidence,
  einsteinRadiusFrom,
  type Inversion,
  rayTrace,
} from '@wtilde/lens';
import type { Evaluated, Image, Line, ModelChoice } from './protocol.js';

/** Source pixels that the picture of a source has along a side. */
const side = { coarse: 48, full: 140 };

/** The pictures of an evidence. Coarse ones leave out what takes as long as the evidence itself. */
export function picturesOf(
  inversion: Inversion,
  { lens, mesh }: ModelChoice,
  evidence: Evidence,
  coarse: boolean,
): Pick<Evaluated, 'model' | 'residuals' | 'source' | 'vertices' | 'critical' | 'caustics' | 'einsteinRadius'> {
  const { pixelScale } = inversion.geometry;
  const brightness = 1 / pixelScale ** 2;
  const image = evidence.mappedReconstructedImage();
  const region = regionOf(evidence.mapper.vertices);
  const points = coarse ? side.coarse : side.full;
  const { grid, scale } = gridOver(region, points);
  const interpolate = createSourceInterpolator({ mapper: evidence.mapper, mesh, grid });
  const source: Image = {
    data: scaled(interpolate(evidence.reconstruction), brightness),
    rows: points,
    columns: points,
    pixelScale: scale,
    centre: region.centre,
    unit: 'Jy/arcsec²',
  };
  const curves = curvesOf(lens.mass, extentOf(inversion), coarse);
  return {
    model: onSky(inversion, image.data, brightness, 'Jy/arcsec²'),
    ...(coarse ? {} : { residuals: residualsOf(inversion, image) }),
    source,
    vertices: Float32Array.from(evidence.mapper.vertices.data),
    ...curves,
  };
}

/** In standard deviations of the dirty image. */
function residualsOf(inversion: Inversion, image: NdArray<'real'>): Image {
  const { dirtyImage } = inversion.sums;
  const model = dirtyImageOf(inversion.sums, image).data;
  const noise = Math.sqrt(weightOf(inversion));
  return onSky(
    inversion,
    dirtyImage.data.map((value, pixel) => value - model[pixel]),
    1 / noise,
    'σ',
  );
}

/** The sum of weights: W of a pixel with itself. */
export function weightOf({ sums, geometry }: Inversion): number {
  return sums.wCompact.data[geometry.gridSize - 1];
}

/** Critical curves, and caustics as the same points traced: one search for both. */
function curvesOf(mass: ModelChoice['lens']['mass'], extent: CurveRegion['extent'], coarse: boolean): Curves {
  try {
    const { tangential, radial } = criticalCurves(mass, { extent, ...fineness(coarse) });
    const curves = [...tangential, ...radial];
    return {
      critical: curves.map(({ points, closed }) => closedLine(points, closed)),
      caustics: curves.map(({ points, closed }) => closedLine(rayTrace(mass, points), closed)),
      ...(coarse ? {} : { einsteinRadius: einsteinRadiusFrom(mass) }),
    };
  } catch {
    // A lens without a critical curve, such as none at all, has none to draw.
    return { critical: [], caustics: [] };
  }
}

type Curves = Pick<Evaluated, 'critical' | 'caustics' | 'einsteinRadius'>;

function fineness(coarse: boolean): Pick<CurveRegion, 'shape' | 'tolerance' | 'aroundCentres'> {
  return coarse ? { shape: [24, 24], tolerance: 0.05, aroundCentres: false } : { shape: [120, 120] };
}

/** The open part of the sky, and half as much around it. */
function extentOf({ geometry }: Inversion): CurveRegion['extent'] {
  const centre = middleOf(geometry);
  const reach = 0.75 * geometry.gridSize * geometry.pixelScale;
  return [centre[1] - reach, centre[1] + reach, centre[0] - reach, centre[0] + reach];
}

function closedLine({ data }: NdArray<'real'>, closed: boolean): Line {
  return Float32Array.from(closed ? [...data, data[0], data[1]] : data);
}

/** A value for each open pixel as an image of the square around them. */
export function onSky({ geometry }: Inversion, slim: Float64Array, factor: number, unit: string): Image {
  const { gridSize, nativeIndexForSlimIndex, pixelScale } = geometry;
  const data = new Float32Array(gridSize * gridSize).fill(Number.NaN);
  const native = nativeIndexForSlimIndex.data;
  for (let pixel = 0; pixel < slim.length; pixel++) {
    data[native[2 * pixel] * gridSize + native[2 * pixel + 1]] = factor * slim[pixel];
  }
  return { data, rows: gridSize, columns: gridSize, pixelScale, centre: middleOf(geometry), unit };
}

/** (y, x) in arcsec, of the square around the open pixels. */
function middleOf({ gridSize, topLeft, shapeNative, pixelScale }: Inversion['geometry']): readonly [number, number] {
  const middle = (gridSize - 1) / 2;
  return [
    -(topLeft[0] + middle - (shapeNative[0] - 1) / 2) * pixelScale,
    (topLeft[1] + middle - (shapeNative[1] - 1) / 2) * pixelScale,
  ];
}

interface Region {
  readonly centre: readonly [number, number];
  readonly extent: number;
}

/** A square that holds all but the outermost few of the vertices: most of a source plane is empty. */
function regionOf({ data }: NdArray<'real'>): Region {
  const along = (axis: number) =>
    Array.from({ length: data.length / 2 }, (_, at) => data[2 * at + axis]).sort((a, b) => a - b);
  const [y, x] = [along(0), along(1)];
  const part = (values: readonly number[], share: number) => values[Math.round(share * (values.length - 1))];
  const [low, high] = [0.04, 0.96];
  const extent = Math.max(part(y, high) - part(y, low), part(x, high) - part(x, low), 1e-3);
  return { centre: [(part(y, high) + part(y, low)) / 2, (part(x, high) + part(x, low)) / 2], extent: 1.1 * extent };
}

/** Points (side^2, 2) over the region, rows from the top. */
function gridOver({ centre, extent }: Region, points: number): { grid: NdArray<'real'>; scale: number } {
  const scale = extent / points;
  const grid = new Float64Array(2 * points * points);
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      const at = 2 * (row * points + column);
      grid[at] = centre[0] + ((points - 1) / 2 - row) * scale;
      grid[at + 1] = centre[1] + (column - (points - 1) / 2) * scale;
    }
  }
  return { grid: real(grid, [points * points, 2]), scale };
}

function scaled({ data }: NdArray<'real'>, factor: number): Float32Array<ArrayBuffer> {
  const all = Float32Array.from(data);
  for (let at = 0; at < all.length; at++) all[at] *= factor;
  return all;
}
