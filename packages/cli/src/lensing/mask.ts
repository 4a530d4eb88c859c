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
  const { shape, pixelScale } = options;
  if (shape === undefined || pixelScale === undefined || maskRadius === undefined) {
    throw incomplete({ '--mask-radius': maskRadius, '--pixel-scale': pixelScale, '--shape': shape });
  }
  return annularMask({
    shapeNative: shape,
    pixelScale,
    outerRadius: maskRadius,
    innerRadius: maskInnerRadius,
    centre: maskCentre,
  });
}

/** The mask of a file. */
async function maskIn(path: string, { maskOrigin, pixelScale: asked }: MaskOptions): Promise<Mask2D> {
  const { image, pixelScale } = await skyImage(path, maskOrigin, asked);
  const side = asked ?? pixelScale;
  if (side === undefined) throw incomplete({ '--pixel-scale': side });
  return maskOf(image, side);
}

const examples: Readonly<Record<string, string>> = { '--mask-radius': '3', '--pixel-scale': '0.1', '--shape': '70' };

/** All that is missing of what says which pixels the sky is divided into, at once. */
function incomplete(options: Readonly<Record<string, unknown>>): WtildeError {
  const missing = Object.keys(options).filter((name) => options[name] === undefined);
  return new WtildeError('MissingArgument', {
    what: missing.length === 1 ? 'the option is missing' : 'these options are missing',
    where: missing.join(', '),
    remedy:
      `add for example ${missing.map((name) => `${name} ${examples[name]}`).join(' ')}; ` +
      'wtilde info DIR tells how small the pixels should be',
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
