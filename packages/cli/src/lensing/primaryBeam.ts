import { type NdArray, WtildeError } from '@wtilde/core-types';
import { gaussianPrimaryBeam, type Mask2D, primaryBeamFrom, primaryBeamWidth } from '@wtilde/lens';
import { positive } from '../options/values.js';
import { skyImage } from './skyImage.js';

/** Options that describe a primary beam. */
export interface PrimaryBeamOptions {
  readonly primaryBeam?: string | undefined;
  readonly pointing?: readonly [number, number] | undefined;
  readonly maskOrigin?: 'top' | 'bottom' | undefined;
}

const option = '--primary-beam';

/** The primary beam of the open pixels that options describe: of a Gaussian, of a dish, or of an image. */
export async function primaryBeamOf(
  { primaryBeam, pointing, maskOrigin }: PrimaryBeamOptions,
  mask: Mask2D,
): Promise<NdArray<'real'> | undefined> {
  if (primaryBeam === undefined) {
    if (pointing === undefined) return undefined;
    throw alone('there is no primary beam that points anywhere', `${option} beside it`, 'none');
  }
  const [, width] = /^gaussian:(.+)$/.exec(primaryBeam) ?? [];
  if (width !== undefined) {
    return gaussianPrimaryBeam(mask, { width: positive(width, `${option} gaussian`), centre: pointing });
  }
  const [, diameter, frequency] = /^dish:([^@]+)@(.+)$/.exec(primaryBeam) ?? [];
  if (diameter !== undefined) {
    const hertz = positive(frequency, `${option} dish, frequency`);
    const metres = positive(diameter, `${option} dish, diameter`);
    return gaussianPrimaryBeam(mask, { width: primaryBeamWidth(metres, hertz), centre: pointing });
  }
  if (pointing !== undefined)
    throw alone('an image of a primary beam points where it points', 'no --pointing', primaryBeam);
  const { image } = await skyImage(primaryBeam, maskOrigin, mask.pixelScale);
  return primaryBeamFrom(image, mask);
}

function alone(what: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', { what, where: '--pointing', expected, actual, remedy: 'leave it out' });
}
