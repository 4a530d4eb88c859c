// The picture of the first page: a source as it was reconstructed from simulated visibilities, and how it looks through
// its lens. Works on the build.
import { createWasmBackend } from '../packages/backend-wasm/dist/index.js';
import type { NdArray } from '../packages/core-types/dist/index.js';
import { observations, uvTrackOf } from '../packages/data/dist/index.js';
import { brightness } from '../packages/figures/dist/index.js';
import { element, pathThrough } from '../packages/figures/dist/svg/element.js';
import { rasterIn } from '../packages/figures/dist/svg/raster.js';
import {
  type Curve,
  caustics,
  circularMask,
  createInversion,
  createSourceInterpolator,
  criticalCurves,
  parseLensModel,
  parseMesh,
  parseRegularization,
  rayTrace,
  simulateVisibilities,
} from '../packages/lens/dist/index.js';

/** A disc of the picture, and the arcsec that its radius stands for. */
interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly arcsec: number;
}

const [width, height] = [560, 560];
const sky: Disc = { x: 262, y: 262, radius: 260, arcsec: 2.15 };
const near: Disc = { x: 440, y: 440, radius: 118, arcsec: 0.5 };

const lens = parseLensModel({
  mass: [
    { type: 'Isothermal', einsteinRadius: 1.4, axisRatio: 0.62, angle: 35 },
    { type: 'ExternalShear', gamma1: 0.03, gamma2: 0.03 },
  ],
  // A galaxy with two arms and a companion.
  light: [
    { type: 'Gaussian', centre: [0.06, 0.1], intensity: 1, sigma: 0.05, axisRatio: 0.7, angle: 30 },
    { type: 'Gaussian', centre: [0.06, 0.1], intensity: 0.3, sigma: 0.11, axisRatio: 0.6, angle: 150 },
    { type: 'Gaussian', centre: [-0.06, 0.16], intensity: 0.6, sigma: 0.04 },
    { type: 'Gaussian', centre: [0.19, 0.0], intensity: 0.7, sigma: 0.04 },
    { type: 'Gaussian', centre: [-0.2, -0.16], intensity: 0.9, sigma: 0.05 },
  ],
});

/** An SVG on no ground, so that it goes with light pages and dark ones. */
export async function heroPicture(): Promise<string> {
  const backends = [await createWasmBackend()];
  const mask = circularMask({ shapeNative: [88, 88], pixelScale: 0.05, radius: 2.1 });
  const uvWavelengths = uvTrackOf(observations.alma, 6000);
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise: 1, backends });
  const inversion = await createInversion(visibilities, { mask, backends });
  const mesh = parseMesh('overlay:46x46');
  const { mapper, reconstruction } = await inversion.evidence({
    lens,
    mesh,
    regularization: parseRegularization('gradient:2'),
  });
  inversion.dispose();
  const seen = (grid: NdArray<'real'>) => createSourceInterpolator({ mapper, mesh, grid })(reconstruction);

  const full = { columns: 480, rows: 480 };
  const image = seen(rayTrace(lens.mass, gridOf(sky, full.rows)));
  const source = seen(gridOf(near, full.rows));
  // Without the noise, which is in the figures; and a power, as eyes see more of what is faint.
  const highest = source.data.reduce((most, value) => Math.max(most, value), 0);
  const shown = ({ data }: NdArray<'real'>) =>
    Float64Array.from(data, (value) => (Math.max(0, value || 0) / highest) ** 0.8);
  const [picture, magnified] = [image, source].map(shown);
  const critical = criticalCurves(lens.mass).tangential;
  const { tangential } = caustics(lens.mass);
  const scale = sky.radius / sky.arcsec;
  const window = near.arcsec * scale;
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    element('defs', {}, clip('sky', sky), clip('near', near)),
    element('g', { 'clip-path': 'url(#sky)' }, raster(sky, picture, full)),
    ...critical.map((curve) => line(sky, curve, { 'stroke-dasharray': '2 6', 'stroke-opacity': 0.75 })),
    ...tangents({ ...sky, radius: window }, near).map((d) =>
      element('path', { d, stroke: '#fff', 'stroke-opacity': 0.45, 'stroke-width': 1.5, fill: 'none' }),
    ),
    ...tangential.map((curve) => line(sky, curve, { 'stroke-opacity': 0.6 })),
    circle({ ...sky, radius: window }, { fill: 'none', stroke: '#fff', 'stroke-opacity': 0.45, 'stroke-width': 1.5 }),
    element('g', { 'clip-path': 'url(#near)' }, raster(near, magnified, full)),
    element('g', { 'clip-path': 'url(#near)' }, ...tangential.map((curve) => line(near, curve, { 'stroke-width': 2 }))),
    circle(near, { fill: 'none', stroke: '#fff', 'stroke-width': 4 }),
  );
}

const label = 'A source reconstructed from visibilities, with the caustic of its lens, and its images through the lens';

/** Points over the square around a disc, in rows from the North, from the East on: as the sky is drawn. */
function gridOf({ arcsec }: Disc, side: number): NdArray<'real'> {
  const at = (step: number) => arcsec * (1 - (2 * step + 1) / side);
  const data = Float64Array.from({ length: 2 * side * side }, (_, index) => {
    const point = index >> 1;
    return index % 2 === 0 ? at(Math.floor(point / side)) : at(point % side);
  });
  return { dtype: 'real', shape: [side * side, 2], data };
}

function raster({ x, y, radius }: Disc, data: Float64Array, size: { rows: number; columns: number }): string {
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  // Smooth: what it stands for is.
  return rasterIn(box, { data, ...size }, brightness, [0, 1]).replace('optimizeSpeed', 'auto');
}

function line(
  { x, y, radius, arcsec }: Disc,
  { points: { data }, closed }: Curve,
  style: Record<string, string | number>,
) {
  const scale = radius / arcsec;
  const points = Array.from(
    { length: data.length / 2 },
    (_, at) => [x - data[2 * at + 1] * scale, y - data[2 * at] * scale] as const,
  );
  const path = { d: pathThrough(points, closed), fill: 'none', stroke: '#fff', 'stroke-width': 1.5 };
  return element('path', { ...path, 'stroke-linejoin': 'round', 'stroke-linecap': 'round', ...style });
}

/** The two lines that touch both discs from outside, so that the larger is seen to be the smaller one. */
function tangents(a: Disc, b: Disc): readonly string[] {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const middle = Math.atan2(dy, dx);
  const opening = Math.acos((a.radius - b.radius) / Math.hypot(dx, dy));
  return [middle + opening, middle - opening].map((angle) => {
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const [start, end] = [a, b].map((disc) => `${disc.x + disc.radius * cosine} ${disc.y + disc.radius * sine}`);
    return `M${start}L${end}`;
  });
}

function clip(id: string, disc: Disc): string {
  return element('clipPath', { id }, circle(disc, {}));
}

function circle({ x, y, radius }: Disc, style: Record<string, string | number>): string {
  return element('circle', { cx: x, cy: y, r: radius, ...style });
}
