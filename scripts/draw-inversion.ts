// Draws docs/images/inversion.png: a simulated lensed source, what an interferometer's dirty image shows of it, and the
// source that the inversion finds. Works on the build, needs Chromium: `npm run picture`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLoopsBackend } from '../packages/backend-loops/dist/index.js';
import { observations, uvTrackOf } from '../packages/data/dist/index.js';
import {
  circularMask,
  createOperator,
  geometryOf,
  imageFrom,
  type LensModel,
  simulateVisibilities,
} from '../packages/lens/dist/index.js';

const side = 70;
const lens: LensModel = {
  mass: [{ type: 'Isothermal', einsteinRadius: 1.4, axisRatio: 0.75, angle: 30 }],
  light: [{ type: 'Gaussian', centre: [0.12, 0.18], intensity: 1, sigma: 0.16 }],
};
const mask = circularMask({ shapeNative: [side, side], pixelScale: 0.075, radius: 2.55 });
const backends = [createLoopsBackend()];
const uvWavelengths = uvTrackOf(observations.sma, 800);
const { visibilities, image } = await simulateVisibilities({ lens, mask, uvWavelengths, noise: 0.8, backends });
const operator = await createOperator(visibilities, { mask, backends });
const { reconstruction, mapper } = await operator.evidence({
  lens,
  mesh: { type: 'overlay', shape: [34, 34] },
  regularization: { type: 'constant', coefficient: 3 },
});

const { nativeIndexForSlimIndex, gridSize } = geometryOf(mask);
const half = 0.75;
const points = Array.from({ length: 160 * 160 }, (_, i) => [
  half * (1 - (2 * Math.floor(i / 160)) / 159),
  half * ((2 * (i % 160)) / 159 - 1),
]);
const truth = imageFrom(lens.light ?? [], {
  dtype: 'real',
  shape: [points.length, 2],
  data: new Float64Array(points.flat()),
});
const panels = [
  { title: 'the lensed source', size: gridSize, values: native(image.data) },
  { title: `what 800 visibilities show`, size: gridSize, values: native(operator.operator.dirtyImage.data) },
  { title: 'the source, reconstructed', size: 160, values: points.map(nearest) },
  { title: 'the source, as it was', size: 160, values: [...truth.data] },
];

const folder = mkdtempSync(join(tmpdir(), 'wtilde-picture-'));
writeFileSync(join(folder, 'page.html'), page());
mkdirSync('docs/images', { recursive: true });
const chromium = process.env.WTILDE_BROWSER ?? 'chromium';
execFileSync(chromium, [
  '--headless',
  '--no-sandbox',
  '--hide-scrollbars',
  '--window-size=1000,290',
  `--screenshot=${join(process.cwd(), 'docs/images/inversion.png')}`,
  join(folder, 'page.html'),
]);
rmSync(folder, { recursive: true });

function native(slim: Float64Array): (number | null)[] {
  const values: (number | null)[] = new Array(gridSize * gridSize).fill(null);
  const index = nativeIndexForSlimIndex.data;
  slim.forEach((value, i) => {
    values[index[2 * i] * gridSize + index[2 * i + 1]] = value;
  });
  return values;
}

/** The brightness of the source pixel that is next to a point. */
function nearest([y, x]: readonly number[]): number {
  let [best, at] = [Number.POSITIVE_INFINITY, 0];
  const vertices = mapper.vertices.data;
  for (let s = 0; s < mapper.pixels; s++) {
    const distance = (vertices[2 * s] - y) ** 2 + (vertices[2 * s + 1] - x) ** 2;
    if (distance < best) [best, at] = [distance, s];
  }
  return reconstruction.data[at];
}

function page(): string {
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #fff; font: 16px system-ui, sans-serif; display: flex; gap: 12px; justify-content: center }
figure { margin: 0; text-align: center } canvas { width: 236px; height: 236px; image-rendering: pixelated } figcaption { padding: 6px }
</style><body><script>
for (const { title, size, values } of ${JSON.stringify(panels)}) {
  const [low, high] = [Math.min(...values.filter((v) => v !== null)), Math.max(...values)];
  const figure = document.body.appendChild(document.createElement('figure'));
  const canvas = figure.appendChild(Object.assign(document.createElement('canvas'), { width: size, height: size }));
  figure.appendChild(document.createElement('figcaption')).textContent = title;
  const context = canvas.getContext('2d');
  values.forEach((value, i) => {
    const t = value === null ? -1 : (value - low) / (high - low);
    context.fillStyle = t < 0 ? '#fff' : t < 0.02 ? '#000022' : 'rgb(' + Math.round(255 * Math.min(1, 1.6 * t)) + ',' + Math.round(255 * t * t) + ',' + Math.round(255 * (t < 0.5 ? 0.13 + t : Math.max(0, 1.2 - 1.2 * t) + t ** 4)) + ')';
    context.fillRect(i % size, Math.floor(i / size), 1, 1);
  });
}
</script>`;
}
