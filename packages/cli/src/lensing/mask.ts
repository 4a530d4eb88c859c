import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { flipped, orientationOf } from '@wtilde/data';
import { readFitsImageFile } from '@wtilde/data/node';
import { annularMask, type Mask2D, maskOf } from '@wtilde/lens';
import type { MaskOptions } from '../options/shared.js';

/** The mask that options describe. */
export async function maskFrom(options: MaskOptions): Promise<Mask2D> {
  const { mask, maskRadius, maskInnerRadius = 0, maskCentre } = options;
  if (mask !== undefined) {
    const drawn = (['maskRadius', 'maskInnerRadius', 'maskCentre', 'shape'] as const).filter(
      (name) => options[name] !== undefined,
    );
    if (drawn.length > 0) throw twice(drawn);
    return await maskIn(mask, options);
  }
  if (options.maskOrigin !== undefined) throw noFile();
  return annularMask({
    shapeNative: required(options.shape, '--shape', '--shape 100'),
    pixelScale: required(options.pixelScale, '--pixel-scale', '--pixel-scale 0.2'),
    outerRadius: required(maskRadius, '--mask-radius', '--mask-radius 3'),
    innerRadius: maskInnerRadius,
    centre: maskCentre,
  });
}

/**
 * The mask of a file, North up and East to the right. Its world coordinates say how it lies, where it has any; else its
 * first row is on top, as PyAutoLens writes it. `--mask-origin` decides about the rows.
 */
async function maskIn(path: string, { maskOrigin, pixelScale: asked }: MaskOptions): Promise<Mask2D> {
  const { image, header } = await readFitsImageFile(path);
  const drawn = withoutLeadingAxes(image);
  const sky = drawn.shape.length === 2 ? orientationOf(header, drawn.shape, path) : undefined;
  const pixelScale = required(asked ?? sky?.pixelScale, '--pixel-scale', '--pixel-scale 0.2');
  if (sky !== undefined && Math.abs(pixelScale / sky.pixelScale - 1) > 0.01)
    throw otherPixels(pixelScale, sky.pixelScale);
  const fromBottom = maskOrigin === undefined ? sky?.rowsFromSouth === true : maskOrigin === 'bottom';
  const fromEast = sky?.columnsFromEast === true;
  return maskOf(fromBottom || fromEast ? flipped(drawn, fromBottom, fromEast) : drawn, pixelScale);
}

function required<T>(value: T | undefined, option: string, example: string): T {
  if (value !== undefined) return value;
  throw new WtildeError('MissingArgument', {
    what: 'the option is missing',
    where: option,
    remedy: `add for example ${example}`,
  });
}

/** Radio images have axes for frequency and polarization before those of the sky, of extent 1 where there is one image. */
function withoutLeadingAxes(image: NdArray<'real'>): NdArray<'real'> {
  const extra = image.shape.slice(0, -2);
  return extra.every((extent) => extent === 1) ? real(image.data, image.shape.slice(extra.length)) : image;
}

function twice(drawn: readonly string[]): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the mask is given twice',
    where: '--mask',
    expected: 'a file, or a shape and circles',
    actual: `both (${drawn.join(', ')})`,
    remedy: 'leave one out',
  });
}

function noFile(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there is no file of a mask whose rows could be in this order',
    where: '--mask-origin',
    expected: '--mask beside it',
    actual: 'no file',
    remedy: 'leave it out',
  });
}

function otherPixels(asked: number, found: number): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the pixels of the mask have another size',
    where: '--pixel-scale',
    expected: `${Number(found.toPrecision(6))} arcsec, as its header says`,
    actual: String(asked),
    remedy: 'leave it out, or regrid the mask',
  });
}
