import { WtildeError } from '@wtilde/core-types';
import { annularMask, type Mask2D, maskOf } from '@wtilde/lens';
import type { MaskOptions } from '../options/shared.js';
import { skyImage } from './skyImage.js';

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

/** The mask of a file. */
async function maskIn(path: string, { maskOrigin, pixelScale: asked }: MaskOptions): Promise<Mask2D> {
  const { image, pixelScale } = await skyImage(path, maskOrigin, asked);
  return maskOf(image, required(asked ?? pixelScale, '--pixel-scale', '--pixel-scale 0.2'));
}

function required<T>(value: T | undefined, option: string, example: string): T {
  if (value !== undefined) return value;
  throw new WtildeError('MissingArgument', {
    what: 'the option is missing',
    where: option,
    remedy: `add for example ${example}`,
  });
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
