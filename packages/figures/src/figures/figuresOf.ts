import type { NdArray } from '@wtilde/core-types';
import { type Beam, caustics, criticalCurves, dirtyBeamOf, type LensCurves } from '@wtilde/lens';
import { cornerPlot } from '../charts/cornerPlot.js';
import { fitPlot } from '../charts/fitPlot.js';
import { meshPlot } from '../charts/meshPlot.js';
import { type Lines, type SkyPlotOptions, skyPlot } from '../charts/skyPlot.js';
import { termsPlot } from '../charts/termsPlot.js';
import { uvPlot } from '../charts/uvPlot.js';
import { type Images, sourceOf } from '../images/imagesOf.js';
import { regionOfInterest } from '../images/region.js';
import { extentOf, mapped, rangeOf, type SkyImage } from '../images/skyImage.js';
import type { Result } from '../result.js';
import type { ColorScale } from '../svg/colorBar.js';
import { brightness, difference, uncertainty } from '../svg/colors.js';
import { gridOf, type Picture } from '../svg/picture.js';
import { inPrefix } from './siPrefix.js';

/** A picture with its name in files and what it shows. */
export interface Figure {
  readonly name: string;
  /** What stands above it on a page, where the picture has no title of its own. */
  readonly heading?: string | undefined;
  /** A sentence or two for below it. */
  readonly caption: string;
  readonly picture: Picture;
}

/** The figures of a result, in the order of the page. */
export function figuresOf(result: Result, images: Images): readonly Figure[] {
  const beam = dirtyBeamOf(result.prepared.sums);
  const curves = curvesOf(result, images.lensedSource);
  const sky = skyFigures(images, beam, curves.critical);
  const source = sourceFigures(result, beam, curves.caustics);
  const rest: Figure[] = [
    {
      name: 'evidence_terms',
      caption: 'What each term adds to the log evidence.',
      picture: termsPlot(result.evidence),
    },
  ];
  if (result.uvWavelengths !== undefined) {
    const [drawn, all] = [result.uvWavelengths.shape[0], result.prepared.sums.visibilityCount];
    rest.unshift({
      name: 'uv_coverage',
      caption: `${drawn < all ? `${drawn} of ${all}` : drawn} baselines, and in a lighter colour their opposites, which see the same.`,
      picture: uvPlot(result.uvWavelengths),
    });
  }
  if (result.fit !== undefined && result.fit.length > 0) {
    rest.push({
      name: 'fit_progress',
      caption: 'Every evaluation of the fit, and the best so far.',
      picture: fitPlot(result.fit),
    });
  }
  if (result.posterior !== undefined) {
    rest.push({
      name: 'posterior',
      caption: 'The posterior: medians, the middle 68 %, and contours that hold 68 % and 95 % of it.',
      picture: cornerPlot(result.posterior),
    });
  }
  const summary: Figure = {
    name: 'summary',
    caption: 'What was measured, the model of it, and the source.',
    picture: gridOf([sky.slice(0, 3), [sky[3], ...source.slice(0, 2)]].map((row) => row.map(({ picture }) => picture))),
  };
  return [...sky, ...source, ...rest, summary];
}

/** White lines and, for radial ones, dashed: critical curves where the image is, and the caustics that they trace to. */
function curvesOf({ model }: Result, image: SkyImage) {
  const region = { extent: extentOf(image) };
  const linesOf = ({ tangential, radial }: LensCurves): readonly Lines[] => [
    { curves: tangential, color: '#fff' },
    { curves: radial, color: '#fff', dashed: true },
  ];
  const { mass } = model.lens;
  return { critical: linesOf(criticalCurves(mass, region)), caustics: linesOf(caustics(mass, region)) };
}

function skyFigures(images: Images, beam: Beam | undefined, critical: readonly Lines[]): readonly Figure[] {
  const { dirtyImage, dirtyModel, dirtyResiduals, lensedSource, dirtyNoise } = images;
  const dirtyRange = rangeOf(dirtyImage, dirtyModel);
  const dirty = scaledTo(dirtyRange, dirtyImage.unit);
  const lensed = scaledTo(rangeOf(lensedSource), lensedSource.unit);
  const inSigma = mapped(dirtyResiduals, '\u03c3', (value) => value / dirtyNoise);
  const most = Math.max(4, ...rangeOf(inSigma).map(Math.abs));
  const residuals: ColorScale = { map: difference, domain: [-most, most], label: 'residual (\u03c3)' };
  return [
    {
      name: 'dirty_image',
      caption: 'The dirty image, with natural weights, and the beam (half of the maximum).',
      picture: skyPlot(dirty.of(dirtyImage), { title: 'Dirty image', colors: dirty.colors(brightness), beam }),
    },
    {
      name: 'dirty_model',
      caption: 'The model as the interferometer would see it without noise, on the scale of the dirty image.',
      picture: skyPlot(dirty.of(dirtyModel), { title: 'Model, as observed', colors: dirty.colors(brightness), beam }),
    },
    {
      name: 'dirty_residuals',
      caption: `Their difference in standard deviations of the dirty image. Noise alone stays within about 4.`,
      picture: skyPlot(inSigma, { title: 'Residuals', colors: residuals, beam }),
    },
    {
      name: 'lensed_source',
      caption:
        'The source as it is seen through the lens, at full resolution, with critical curves (radial ones dashed).',
      picture: skyPlot(lensed.of(lensedSource), {
        title: 'Lensed source',
        colors: lensed.colors(brightness),
        lines: critical,
      }),
    },
  ];
}

function sourceFigures(result: Result, beam: Beam | undefined, caustics: readonly Lines[]): readonly Figure[] {
  const { evidence, prepared, unit = 'Jy' } = result;
  const { vertices } = evidence.mapper;
  const { reconstruction } = evidence;
  const perArcsec = 1 / prepared.sums.pixelScale ** 2;
  const others = caustics.flatMap(({ curves }) => curves.map(({ points }) => points));
  const region = regionOfInterest(vertices, reconstruction, evidence.reconstructionNoiseMap(), others);
  const { source, noise } = sourceOf(result, region, `${unit}/arcsec2`, perArcsec);
  const scale = scaledTo(rangeOf(source), source.unit);
  const noiseScale = scaledTo([0, rangeOf(noise)[1]], noise.unit);
  const field = { centre: source.centre, extent: source.pixelScale * source.values.shape[0] };
  const options = { colors: scale.colors(brightness), lines: caustics, beam } satisfies Partial<SkyPlotOptions>;
  const inUnit = (values: NdArray<'real'>) => ({
    ...values,
    data: values.data.map((value) => value * perArcsec * scale.factor),
  });
  return [
    {
      name: 'source',
      caption:
        'The source where it is bright, interpolated as in the inversion, with caustics; to compare sizes, the beam (an ellipse in the corner, or dots around the middle where it is large).',
      picture: skyPlot(scale.of(source), { ...options, title: 'Source' }),
    },
    {
      name: 'source_noise',
      caption: 'Its standard deviation.',
      picture: skyPlot(noiseScale.of(noise), {
        title: 'Uncertainty of the source',
        colors: noiseScale.colors(uncertainty),
        lines: caustics,
      }),
    },
    {
      name: 'source_mesh',
      caption: `The source on its mesh: ${vertices.shape[0]} pixels in all, each with the cell that is nearest to it.`,
      picture: meshPlot({ vertices, values: inUnit(reconstruction) }, field, {
        ...options,
        title: 'Source on its mesh',
      }),
    },
  ];
}

/** One scale, in a unit that makes its numbers short. */
function scaledTo([low, high]: readonly [number, number], unit: string) {
  const { factor, unit: shown } = inPrefix(Math.max(-low, high), unit);
  const label = shown.replace('arcsec2', 'arcsec\u00b2');
  return {
    factor,
    of: (image: SkyImage) => mapped(image, shown, (value) => value * factor),
    colors: (map: ColorScale['map']): ColorScale => ({
      map,
      domain: low < high ? [low * factor, high * factor] : [low * factor - 1, low * factor + 1],
      label,
    }),
  };
}
