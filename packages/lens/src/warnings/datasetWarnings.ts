import { arcsecPerRadian } from '@wtilde/core-types';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import type { Baselines } from './baselines.js';
import type { Warning } from './warning.js';

/** An array that resolves a lens has longer baselines; in kilo-wavelengths or metres ALMA's longest are below this. */
const fewest = 2e4;
/** Between stations on Earth and in space there are fewer wavelengths than this. */
const most = 1e11;

/**
 * What does not go together in a dataset and its mask: pixels and baselines, mask and beam, mask and image.
 *
 * `baselines` is left out where they are not known. Cost: O(Ny Nx).
 */
export function datasetWarnings({
  mask,
  baselines,
}: {
  readonly mask: Mask2D;
  readonly baselines?: Baselines | undefined;
}): readonly Warning[] {
  const ofImage = beyondImage(mask);
  if (baselines === undefined) return ofImage;
  const ofUnits = unitWarnings(baselines);
  // In the wrong units the baselines say nothing about pixels and mask.
  return ofUnits.length > 0 ? [...ofUnits, ...ofImage] : [...againstMask(mask, baselines), ...ofImage];
}

/** What tells that baselines are not in wavelengths. */
export function unitWarnings({ longest }: Pick<Baselines, 'longest'>): readonly Warning[] {
  if (longest >= fewest && longest <= most) return [];
  const [looks, remedy] = unitOf(longest);
  return [
    {
      code: longest < fewest ? 'BaselinesTooShort' : 'BaselinesTooLong',
      what: looks,
      where: 'uvWavelengths',
      values: `longest baseline ${inDigits(longest)}, usual are 2e4 to 1e11 wavelengths`,
      remedy,
    },
  ];
}

/** What baselines that are not in wavelengths look like, and how they become wavelengths. */
function unitOf(longest: number): readonly [looks: string, remedy: string] {
  if (longest === 0) return ['no baseline has any length', 'check the array of baselines'];
  if (longest < 1) return ['the baselines look like seconds, not wavelengths', 'multiply them by the frequency in Hz'];
  if (longest > most) return ['the baselines are longer than any on or around Earth', 'convert them to wavelengths'];
  return [
    'the baselines look like kilo-wavelengths or metres, not wavelengths',
    'multiply kilo-wavelengths by 1000, divide metres by the wavelength in metres',
  ];
}

function againstMask(mask: Mask2D, { shortest, longest }: Baselines): Warning[] {
  const { pixelScale } = mask;
  const found: Warning[] = [];
  const beam = arcsecPerRadian / longest;
  if (pixelScale > beam / 2) {
    found.push({
      code: 'CoarsePixels',
      what: 'the pixels are too coarse for the longest baseline: what it sees is folded into false structure',
      where: 'mask pixelScale',
      values: `pixels of ${inArcsec(pixelScale)}, 1 / (2 longest baseline) is ${inArcsec(beam / 2)}`,
      remedy: `use pixels of at most ${roundedDown(beam / 2)}", or leave out baselines longer than ${roundedDown(arcsecPerRadian / (2 * pixelScale))} wavelengths`,
    });
  }
  const extent = geometryOf(mask).gridSize * pixelScale;
  if (extent < beam) {
    found.push({
      code: 'MaskBelowBeam',
      what: 'the mask is smaller than the beam: no baseline resolves what is in it',
      where: 'mask',
      values: `${inArcsec(extent)} across, 1 / longest baseline is ${inArcsec(beam)}`,
      remedy: 'open a larger mask, or check the unit of the baselines',
    });
  }
  const largestScale = arcsecPerRadian / shortest;
  if (extent > largestScale) {
    found.push({
      code: 'MaskBeyondLargestScale',
      what: 'the mask is larger than the largest scale that the shortest baseline sees',
      where: 'mask',
      values: `${inArcsec(extent)} across, 1 / shortest baseline is ${inArcsec(largestScale)}`,
      remedy: `open a mask of at most ${roundedDown(largestScale)}" across, or trust no structure as wide as it`,
    });
  }
  return found;
}

function beyondImage({ mask, pixelScale, outline }: Mask2D): Warning[] {
  if (outline === undefined) return [];
  const [rows, columns] = mask.shape;
  const reach = (axis: 0 | 1) => Math.abs(outline.centre[axis]) + outline.outerRadius;
  // To rounding: a circle may touch the edge.
  const beyond = (axis: 0 | 1, pixels: number) => reach(axis) > (pixels / 2) * pixelScale * (1 + 1e-9);
  if (!beyond(0, rows) && !beyond(1, columns)) return [];
  const needed = Math.ceil((2 * Math.max(reach(0), reach(1))) / pixelScale);
  return [
    {
      code: 'MaskBeyondImage',
      what: 'the circle of the mask reaches beyond the image, whose edge cuts it off',
      where: 'mask shapeNative',
      values: `radius ${inArcsec(outline.outerRadius)} around (${outline.centre.join(', ')}), image ${inArcsec(rows * pixelScale)} x ${inArcsec(columns * pixelScale)}`,
      remedy: `use an image of at least ${needed} x ${needed} pixels, or a smaller radius`,
    },
  ];
}

export function inDigits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function inArcsec(value: number): string {
  return `${inDigits(value)}"`;
}

/** Rounded down, so that what is advised is enough. */
function roundedDown(value: number): string {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return inDigits(Math.floor(value / unit) * unit);
}
