import { real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { quantilesOf } from '../src/charts/cornerPlot.js';
import { inPrefix } from '../src/figures/siPrefix.js';
import { regionOfInterest } from '../src/images/region.js';
import {
  brightness,
  cornerPlot,
  difference,
  type Figure,
  figuresOf,
  gridOf,
  imagesOf,
  numberLabel,
  type ParameterSamples,
  type Picture,
  plot,
  skyPlot,
  svgOf,
  uncertainty,
  uvPlot,
} from '../src/index.js';
import { createPngRenderer } from '../src/node.js';
import { resultOf } from './scene.js';

let png: Awaited<ReturnType<typeof createPngRenderer>>;
let figures: readonly Figure[];
const posterior = correlated(3000);

/** Two normal parameters with a correlation of 0.6, and one that is very small. */
function correlated(count: number): ParameterSamples {
  const random = createRandom('figures');
  const samples = Float64Array.from({ length: 3 * count }, () => random.normal());
  for (let at = 0; at < samples.length; at += 3) {
    samples[at + 1] = 0.6 * samples[at] + 0.8 * samples[at + 1];
    samples[at + 2] = 2e-6 * Math.exp(0.3 * samples[at + 2]);
  }
  const names = ['mass.0.centre.0', 'mass.0.einsteinRadius', 'regularization.coefficient'];
  return { names, samples: real(samples, [count, 3]) };
}

beforeAll(async () => {
  png = await createPngRenderer();
  const result = await resultOf();
  const best = result.evidence.logEvidence;
  const fit = Array.from({ length: 60 }, (_, k) => ({
    evaluation: k + 1,
    logEvidence: k % 7 === 3 ? Number.NEGATIVE_INFINITY : best - 5000 * Math.exp(-k / 4),
  }));
  const all = { ...result, fit, posterior };
  figures = figuresOf(all, imagesOf(all));
});

test('every figure is there, once', () => {
  expect(figures.map(({ name }) => name)).toEqual([
    ...['dirty_image', 'dirty_model', 'dirty_residuals', 'lensed_source', 'source', 'source_noise', 'source_mesh'],
    ...['uv_coverage', 'evidence_terms', 'fit_progress', 'posterior', 'summary'],
  ]);
});

test('is well-formed, has numbers only where there are some, and needs nothing from elsewhere', () => {
  for (const { name, caption, picture } of figures) {
    const svg = svgOf(picture, caption);
    expect(svg, name).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(svg.replace('http://www.w3.org/2000/svg', ''), name).not.toMatch(/https?:/);
    // It refuses what is no XML.
    const { width, height } = decode(png(svg, { scale: 1 }));
    expect([width, height]).toEqual([Math.ceil(picture.width), Math.ceil(picture.height)]);
  }
});

test('no label is cut off: what is drawn leaves the rim of the picture white', () => {
  for (const { name, picture } of figures) {
    const { width, height, data, channels } = decode(png(svgOf(picture), { scale: 1 }));
    const isInk = (x: number, y: number) =>
      data.slice((y * width + x) * channels, (y * width + x) * channels + 3).some((part) => part < 200);
    let touched = 0;
    for (let x = 0; x < width; x++) touched += Number(isInk(x, 0)) + Number(isInk(x, height - 1));
    for (let y = 0; y < height; y++) touched += Number(isInk(0, y)) + Number(isInk(width - 1, y));
    expect(touched, name).toBe(0);
  }
});

test('text is drawn without any font of the machine', () => {
  const without = gridOf([[{ width: 200, height: 40, markup: '' }]]);
  const labelled: Picture = { width: 200, height: 40, markup: '<text x="10" y="25">λ 10 ″ σ</text>' };
  const darkness = (picture: Picture) =>
    Array.from(decode(png(svgOf(picture))).data, Number).reduce((sum, part) => sum + 255 - part, 0);
  expect(darkness(without)).toBe(0);
  expect(darkness(labelled)).toBeGreaterThan(1000);
  expect(png(svgOf(labelled))).toEqual(png(svgOf(labelled)));
});

test('the font has every letter that figures use', () => {
  const letters = new Set<string>();
  for (const { picture } of figures) {
    for (const [, inside] of picture.markup.matchAll(/<text[^>]*>(.*?)<\/text>/g)) {
      for (const letter of inside.replace(/<[^>]*>/g, '').replaceAll('\u200b', '')) letters.add(letter);
    }
  }
  for (const label of labelsOfCharts()) for (const letter of label) letters.add(letter);
  expect(letters.size).toBeGreaterThan(40);
  const drawn = (letter: string) =>
    String(png(svgOf({ width: 40, height: 40, markup: `<text x="10" y="25">${letter}</text>` }), { scale: 1 }));
  // What a font lacks is drawn as one and the same box.
  const [missing, other] = ['\u2081', '\u1d57'].map(drawn);
  expect(missing).toBe(other);
  for (const letter of letters) expect(drawn(letter), letter).not.toBe(missing);
});

/** Labels that the figures above do not have. */
function labelsOfCharts(): readonly string[] {
  const many = uvPlot(real(Float64Array.from({ length: 10000 }, Math.cos), [5000, 2])).markup;
  return [...many.matchAll(/<text[^>]*>([^<]*)</g)]
    .map(([, label]) => label)
    .concat('\u00b5Jy', '\u00b1', '\u2026', '\u00d7');
}

describe('a plot of the sky', () => {
  const values = new Float64Array(400);
  // In the North-East: the second row from the top, the last but one column, as x grows along rows.
  values[20 + 18] = 1;
  const image = { values: real(values, [20, 20]), pixelScale: 0.1, centre: [0, 0] as const, unit: 'Jy/beam' };
  const options = { title: 'a', colors: { map: brightness, domain: [0, 1] as const, label: 'Jy/beam' } };
  const brightest = (picture: Picture, frame: { readonly width: number }) => {
    const { width, data, channels } = decode(png(svgOf(picture), { scale: 1 }));
    const at: [number, number][] = [];
    for (let pixel = 0; pixel < data.length / channels; pixel++) {
      const [r, g, b] = data.slice(pixel * channels, pixel * channels + 3);
      // The colour of 1, left of the colour bar.
      if (r > 245 && g > 250 && b > 150 && b < 175 && pixel % width < frame.width)
        at.push([pixel % width, Math.floor(pixel / width)]);
    }
    const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    return [mean(at.map(([x]) => x)), mean(at.map(([, y]) => y))];
  };

  it('has North up and East left', () => {
    const picture = skyPlot(image, options);
    const [x, y] = brightest(picture, { width: picture.width - 70 });
    expect(x).toBeLessThan(picture.width / 3);
    expect(y).toBeLessThan(picture.height / 4);
  });

  it('draws curves where the image is', () => {
    const curve = { points: real([0.85, 0.85, 0.85, 0.86, 0.84, 0.86], [3, 2]), closed: true };
    const [plain, lined] = [
      skyPlot(image, options),
      skyPlot(image, { ...options, lines: [{ curves: [curve], color: '#00ff00' }] }),
    ].map((picture) => decode(png(svgOf(picture), { scale: 1 })));
    let [sum, count] = [0, 0];
    for (let at = 0; at < lined.data.length; at += lined.channels) {
      if (lined.data.slice(at, at + 3).every((part, k) => part === plain.data[at + k])) continue;
      sum += (at / lined.channels) % lined.width;
      count++;
    }
    const [x] = brightest(skyPlot(image, options), { width: lined.width - 70 });
    expect(count).toBeGreaterThan(0);
    expect(Math.abs(sum / count - x)).toBeLessThan(4);
  });
});

test.each([
  ['brightness', brightness],
  ['uncertainty', uncertainty],
])('%s gets lighter all the way', (_name, map) => {
  const light = Array.from({ length: 64 }, (_, k) => {
    const [r, g, b] = map(k / 63).map((part) => ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  expect(light).toEqual([...light].sort((a, b) => a - b));
});

test('differences are white in the middle, and as dark on both sides', () => {
  expect(Math.min(...difference(0.5))).toBeGreaterThan(235);
  const sum = (part: number) => difference(part).reduce((a, b) => a + b, 0);
  expect(Math.abs(sum(0.1) - sum(0.9))).toBeLessThan(120);
});

describe('a posterior', () => {
  it('has weighted quantiles', () => {
    const values = new Float64Array([3, 1, 2, 4]);
    expect(quantilesOf(values, new Float64Array([1, 1, 1, 1]))(0.5)).toBe(2.5);
    expect(quantilesOf(values, new Float64Array([0, 1, 0, 0]))(0.5)).toBe(1);
    const { samples } = correlated(20000);
    const first = samples.data.filter((_, at) => at % 3 === 0);
    // Every sample twice as heavy above 0: the median of a normal then is where its distribution is 1/2 + 1/8.
    const median = quantilesOf(
      first,
      first.map((value) => (value > 0 ? 2 : 1)),
    )(0.5);
    expect(median).toBeCloseTo(0.3186, 1);
  });

  it('tells medians and errors, small ones with a power of ten', () => {
    const { markup } = cornerPlot(posterior);
    expect(markup).toContain('einsteinRadius');
    expect(markup).toMatch(/\((1\.9|2\.0)\d \+0\.\d\d \u22120\.\d\d\) \u00d710<tspan[^>]*>\u22126/);
  });

  it('refuses parts that do not belong together', () => {
    const { names, samples } = posterior;
    expect(() => cornerPlot({ names: names.slice(1), samples })).toThrow(/2 names, samples \[3000, 3\]/);
    expect(() => cornerPlot({ names, samples, weights: real([1]) })).toThrow(/weights \[1\]/);
    expect(() => cornerPlot({ names, samples: real([], [0, 3]) })).toThrow(/no samples/);
  });

  it('of equal values is drawn too', () => {
    const samples = real(new Float64Array(30).fill(2), [10, 3]);
    expect(svgOf(cornerPlot({ names: posterior.names, samples }))).not.toMatch(/NaN|Infinity/);
  });
});

test('very many baselines are a density, few are dots', () => {
  const baselines = (count: number) =>
    real(
      Float64Array.from({ length: 2 * count }, (_, k) => Math.sin(k) * 2e6),
      [count, 2],
    );
  expect(uvPlot(baselines(5000)).markup).not.toContain('<circle');
  expect(uvPlot(baselines(50)).markup.match(/<circle/g)?.length).toBe(100);
  expect(uvPlot(baselines(50)).markup).toContain('M\u03bb');
});

test('numbers are as people write them', () => {
  const written = [0, 0.25, -1234.5, 1e5, 2.5e-7, -1e-4].map(numberLabel);
  expect(written).toEqual(['0', '0.25', '\u22121230', '10^5', '2.5\u00d710^-7', '\u22121\u00d710^-4']);
  expect(inPrefix(2e-5, 'Jy/beam')).toEqual({ factor: 1e6, unit: '\u00b5Jy/beam' });
  expect(inPrefix(3, 'Jy/beam').unit).toBe('Jy/beam');
  expect(inPrefix(1e-5, 'counts').unit).toBe('counts');
});

test('ticks of an axis never touch', () => {
  for (const domain of [
    [-50000, 10],
    [0, 1e-5],
    [1234567, 1234999],
  ] as const) {
    const { markup } = plot({
      x: { label: 'a', domain, ticks: 8 },
      y: { label: 'b', domain: [0, 1] },
      width: 200,
      height: 100,
      marks: () => '',
    });
    const labels = [...markup.matchAll(/<text x="([\d.]+)" y="126[\d.]*"[^>]*>(.*?)<\/text>/g)];
    expect(labels.length).toBeGreaterThan(0);
    for (const [at, [, x, label]] of labels.slice(1).entries()) {
      const wide = 6.5 * label.replace(/<[^>]*>/g, '').length;
      expect(Math.abs(Number(x) - Number(labels[at][1])), label).toBeGreaterThan(wide);
    }
  }
});

test('logarithmic axes have ticks that do not touch', () => {
  const axis = { label: 'a', scale: 'log' as const, ticks: 6 };
  for (const domain of [
    [1e-3, 1e9],
    [1, 30],
    [0.002, 0.2],
    [1e-12, 1e12],
  ] as const) {
    const { markup } = plot({
      x: { ...axis, domain },
      y: { label: 'b', domain: [0, 1] },
      width: 300,
      height: 100,
      marks: () => '',
    });
    const places = [...markup.matchAll(/<text x="([\d.]+)" y="126[\d.]*"/g)].map(([, x]) => Number(x));
    expect(places.length).toBeGreaterThan(1);
    for (const [at, x] of places.slice(1).entries()) expect(x - places[at]).toBeGreaterThan(28);
  }
});

test('what is looked at is a square around the light, within the mesh', () => {
  const vertices = real(
    Float64Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? Math.floor(at / 20) : (at / 2 - 0.5) % 10)),
  );
  const light = new Float64Array(100);
  light[0] = 1;
  const places = real(vertices.data, [100, 2]);
  const corner = regionOfInterest(places, real(light), real(new Float64Array(100).fill(0.1)), [
    real([0, 0, 1, 1], [2, 2]),
  ]);
  expect(corner.bottom).toBeGreaterThanOrEqual(0);
  expect(corner.left).toBeGreaterThanOrEqual(0);
  expect(corner.top - corner.bottom).toBeCloseTo(corner.right - corner.left, 12);
  expect(corner.top).toBeLessThan(3);
  const doubtful = regionOfInterest(places, real(light), real(new Float64Array(100).fill(0.3)));
  expect(doubtful).toEqual({ bottom: 0, top: 9, left: 0, right: 9 });
  const dark = regionOfInterest(places, real(new Float64Array(100)), real(new Float64Array(100)));
  expect(dark).toEqual({ bottom: 0, top: 9, left: 0, right: 9 });
});
