import { criticalCurves, dirtyBeamOf, einsteinRadiusFrom, type Measured, measureSource } from '@wtilde/lens';
import { type Figure, figuresOf } from './figures/figuresOf.js';
import { fitsImage } from './images/fits.js';
import { type Images, imagesOf } from './images/imagesOf.js';
import { extentOf } from './images/skyImage.js';
import { type Page, pageOf } from './page/pageOf.js';
import { type Result, standardUnit } from './result.js';
import { signed } from './svg/axis.js';
import { svgOf } from './svg/picture.js';

/** Bytes and their path within a folder. */
export interface ReportFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ReportOptions {
  readonly title: string;
  /** The sentence on top of the page; by default the log evidence. */
  readonly verdict?: string | undefined;
  /** What the page tells besides. */
  readonly facts?: Page['facts'];
  readonly listing?: string | undefined;
  /** Other files that lie in the same folder, with what they hold. */
  readonly otherFiles?: Page['files'];
  /** How it all was made, for the FITS files: lines of ASCII. */
  readonly history?: readonly string[] | undefined;
  /** Makes a PNG of an SVG; without it there are none. See `createPngRenderer` of `@wtilde/figures/node`. */
  readonly png?: ((svg: string) => Uint8Array) | undefined;
}

const fitsFiles = [
  ['dirtyImage', 'dirty_image.fits', 'dirty image, natural weights'],
  ['dirtyModel', 'dirty_model.fits', 'dirty image of the model'],
  ['dirtyResiduals', 'dirty_residuals.fits', 'dirty image of the residuals'],
  ['lensedSource', 'lensed_source.fits', 'source as seen through the lens'],
  ['source', 'source.fits', 'source on a regular grid'],
  ['sourceNoise', 'source_noise_map.fits', 'standard deviation of the source'],
] as const satisfies readonly (readonly [keyof Images, string, string])[];

/** What {@link reportFiles} may write, for who looks before the work whether it can be written. */
export function reportPaths(parts: { readonly fit?: boolean; readonly posterior?: boolean } = {}): readonly string[] {
  const names = [
    ...['dirty_image', 'dirty_model', 'dirty_residuals', 'lensed_source', 'source', 'source_noise', 'source_mesh'],
    ...['uv_coverage', 'evidence_terms', 'summary'],
    ...(parts.fit ? ['fit_progress'] : []),
    ...(parts.posterior ? ['posterior'] : []),
  ];
  return [
    ...fitsFiles.map(([, path]) => path),
    ...names.flatMap((name) => [`figures/${name}.svg`, `figures/${name}.png`]),
    'index.html',
  ];
}

/**
 * Everything that can be looked at of a result: FITS images with coordinates, figures as SVG and PNG, and a page of them.
 *
 * Cost: that of {@link imagesOf}, and about a second.
 */
export function reportFiles(result: Result, options: ReportOptions): readonly ReportFile[] {
  const images = imagesOf(result);
  const figures = figuresOf(result, images);
  const fits = fitsOf(result, images, options);
  const drawn = figures.flatMap((figure) => drawings(figure, options));
  const page = pageOf({
    title: options.title,
    verdict: options.verdict ?? verdictOf(result),
    warnings: result.evidence.warnings.map(
      ({ what, where, values, remedy }) => `${where}: ${what} (${values}); ${remedy}`,
    ),
    links: Object.fromEntries(
      figures.map(({ name }) => [
        name,
        drawn.flatMap(({ path }) =>
          path.startsWith(`figures/${name}.`) ? [[path.slice(-3).toUpperCase(), path] as const] : [],
        ),
      ]),
    ),
    figures: figures.filter(({ name }) => name !== 'summary'),
    facts: [...factsOf(result, images), ...(options.facts ?? [])],
    listing: options.listing,
    files: [
      ...fitsFiles.map(([, path, what]) => [path, what] as const),
      ...(options.otherFiles ?? []),
      ...drawn.flatMap(({ path }) => (path.includes('/summary.') ? [[path, 'six figures in one'] as const] : [])),
    ],
  });
  return [...fits, ...drawn, { path: 'index.html', bytes: new TextEncoder().encode(page) }];
}

function fitsOf(result: Result, images: Images, { history }: ReportOptions): readonly ReportFile[] {
  const beam = dirtyBeamOf(result.prepared.sums);
  const { position } = result;
  return fitsFiles.map(([key, path, object]) => {
    const dirty = images[key].unit.endsWith('/beam');
    return { path, bytes: fitsImage(images[key], { object, position, history, ...(dirty ? { beam } : {}) }) };
  });
}

function drawings({ name, caption, picture }: Figure, { png }: ReportOptions): readonly ReportFile[] {
  const svg = svgOf(picture, caption);
  const vector = { path: `figures/${name}.svg`, bytes: new TextEncoder().encode(svg) };
  return png === undefined ? [vector] : [vector, { path: `figures/${name}.png`, bytes: png(svg) }];
}

function verdictOf({ evidence: { logEvidence, terms }, prepared }: Result): string {
  const each = terms.chiSquared / (2 * prepared.sums.visibilityCount);
  return `Log evidence ${signed(logEvidence.toFixed(3))}, chi-squared ${each.toFixed(3)} per datum.`;
}

function factsOf(
  { prepared, evidence, model, unit = standardUnit }: Result,
  { lensedSource }: Images,
): readonly (readonly [string, string])[] {
  const { mass } = model.lens;
  const region = { extent: extentOf(lensedSource) };
  const { tangential } = criticalCurves(mass, region);
  // One that leaves the image has no area.
  const closed = tangential.length > 0 && tangential.every((curve) => curve.closed);
  const { visibilityCount: visibilities, pixelScale } = prepared.sums;
  const { sourceFlux, imageFlux, magnification } = measureSource(evidence, { mesh: model.mesh, pixelScale });
  const { terms, mapper } = evidence;
  return [
    ['log evidence', signed(evidence.logEvidence.toFixed(6))],
    // Real and imaginary part each count.
    ['chi-squared per datum', (terms.chiSquared / (2 * visibilities)).toFixed(4)],
    ...(closed ? [['Einstein radius', `${einsteinRadiusFrom(mass, region).toFixed(4)} arcsec`] as const] : []),
    ['flux of the images', `${withError(imageFlux)} ${unit}`],
    ['flux of the source', `${withError(sourceFlux)} ${unit}`],
    ['magnification', withError(magnification)],
    ['visibilities', String(visibilities)],
    ['image pixels', `${mapper.pixIndexesForSubSlimIndex.shape[0]} of ${pixelScale} arcsec`],
    ['source pixels', String(mapper.pixels)],
  ];
}

/** With two digits of the error. */
function withError({ value, error }: Measured): string {
  if (!(error > 0)) return value.toPrecision(4);
  const digits = 1 - Math.floor(Math.log10(error));
  const round = (number: number) =>
    digits >= 0 && digits <= 9 ? number.toFixed(digits) : String(Number(number.toPrecision(Math.max(1, 3 + digits))));
  return `${round(value)} \u00b1 ${round(error)}`;
}
