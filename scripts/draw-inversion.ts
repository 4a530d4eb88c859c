// Draws docs/images/inversion.png with @wtilde/figures: what an interferometer's dirty image shows of a simulated lens, the
// source that the inversion finds, and the one that was there. Works on the build: `npm run picture`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createLoopsBackend } from '../packages/backend-loops/dist/index.js';
import { observations, uvTrackOf } from '../packages/data/dist/index.js';
import {
  brightness,
  figuresOf,
  gridOf,
  imagesOf,
  type SkyImage,
  skyPlot,
  svgOf,
} from '../packages/figures/dist/index.js';
import { createPngRenderer } from '../packages/figures/dist/node.js';
import {
  caustics,
  circularMask,
  createInversion,
  imageFrom,
  parseLensModel,
  parseMesh,
  parseRegularization,
  simulateVisibilities,
} from '../packages/lens/dist/index.js';

const lens = parseLensModel({
  mass: [
    { type: 'Isothermal', einsteinRadius: 1.5, axisRatio: 0.75, angle: 40 },
    { type: 'ExternalShear', gamma1: 0.03, gamma2: 0.02 },
  ],
  light: [
    { type: 'Gaussian', centre: [0.1, 0.12], intensity: 1, sigma: 0.07, axisRatio: 0.7, angle: 20 },
    { type: 'Gaussian', centre: [-0.14, -0.16], intensity: 0.5, sigma: 0.05 },
  ],
});
const mask = circularMask({ shapeNative: [90, 90], pixelScale: 0.06, radius: 2.4 });
const backends = [createLoopsBackend()];
const uvWavelengths = uvTrackOf(observations.alma, 3000);
const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise: 6, backends });
const prepared = await createInversion(visibilities, { mask, backends });
const model = { lens, mesh: parseMesh('overlay:40x40:natural'), regularization: parseRegularization('gradient:12') };
const evidence = await prepared.evidence(model);
const result = { prepared, model, evidence };
const figures = new Map(figuresOf(result, imagesOf(result)).map(({ name, picture }) => [name, picture]));

const chosen = ['dirty_image', 'source'].flatMap((name) => figures.get(name) ?? []);
const picture = gridOf([[...chosen, truth(0.45)]], 10);
mkdirSync('docs/images', { recursive: true });
const png = await createPngRenderer();
writeFileSync('docs/images/inversion.png', png(svgOf(picture), { scale: 1.5 }));

/** The source as it was, within half an extent in arcsec. */
function truth(half: number) {
  const side = 200;
  const pixelScale = (2 * half) / side;
  const grid = Float64Array.from({ length: 2 * side * side }, (_, at) => {
    const pixel = at >> 1;
    return at % 2 === 0
      ? half - (Math.floor(pixel / side) + 0.5) * pixelScale
      : ((pixel % side) + 0.5) * pixelScale - half;
  });
  const light = imageFrom(lens.light ?? [], { dtype: 'real', shape: [side * side, 2], data: grid });
  const values = light.data.map((value) => value / mask.pixelScale ** 2);
  const image: SkyImage = {
    values: { dtype: 'real', shape: [side, side], data: values },
    pixelScale,
    centre: [0, 0],
    unit: 'Jy/arcsec2',
  };
  const { tangential } = caustics(lens.mass);
  return skyPlot(image, {
    title: 'The source, as it was',
    colors: { map: brightness, domain: [0, Math.max(...values)], label: 'Jy/arcsec\u00b2' },
    lines: [{ curves: tangential, color: '#fff' }],
  });
}
