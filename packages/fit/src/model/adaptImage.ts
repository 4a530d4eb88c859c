import { describeValue, type NdArray, WtildeError } from '@wtilde/core-types';
import { type LensModel, type Mesh, needsAdaptImage, type Regularization, regularizationKinds } from '@wtilde/lens';
import type { ModelWarning } from './parameter.js';

/** What of a model may follow an adapt image. */
interface Following {
  readonly mesh?: Mesh | undefined;
  readonly regularization?: Regularization | undefined;
  readonly adaptImage?: NdArray<'real'> | undefined;
}

/**
 * The adapt image of a model, where it is one.
 *
 * @throws MissingArgument where there is none and something needs it; DTypeMismatch, ShapeMismatch and InvalidValue for what
 *   is no image of a source. Whether it has the pixels of the mask, an evidence tells.
 */
export function adaptImageFor({ planes = [] }: LensModel, following: Following): NdArray<'real'> | undefined {
  const { adaptImage } = following;
  if (adaptImage === undefined) {
    const needing = [following, ...planes].flatMap(whatFollows);
    if (needing.length > 0) throw noAdaptImage(needing[0]);
    return undefined;
  }
  if (adaptImage.dtype !== 'real') throw noImage('DTypeMismatch', 'real numbers', describeValue(adaptImage.dtype));
  const { shape, data } = adaptImage;
  if (shape.length !== 1 && shape.length !== 2) throw noImage('ShapeMismatch', 'shape (M) or (Ny, Nx)', `[${shape}]`);
  // Masked pixels of a whole image may be anything.
  if (!data.some((value) => value > 0)) throw noImage('InvalidValue', 'a pixel above 0', 'none');
  return adaptImage;
}

/** Of an adapt image that nothing follows: somebody had something else in mind. */
export function adaptImageWarnings({ planes = [] }: LensModel, following: Following): readonly ModelWarning[] {
  if (following.adaptImage === undefined || [following, ...planes].flatMap(whatFollows).length > 0) return [];
  return [
    {
      code: 'UnusedAdaptImage',
      what: 'nothing of the model follows the adapt image',
      where: 'adaptImage',
      values: `mesh ${following.mesh?.type ?? 'none'}, regularization ${following.regularization?.type ?? 'none'}`,
      remedy: 'leave it out, or use a regularization such as maternAdaptKernel',
    },
  ];
}

/** Mesh and regularization, where these follow an adapt image. */
function whatFollows({ mesh, regularization }: Following): readonly string[] {
  return [
    ...(mesh !== undefined && needsAdaptImage(mesh) ? [`mesh ${mesh.type}`] : []),
    ...(regularization !== undefined && followsAdaptImage(regularization)
      ? [`regularization ${regularization.type}`]
      : []),
  ];
}

export function followsAdaptImage({ type }: Regularization): boolean {
  const kind: { readonly needs?: string } = regularizationKinds[type];
  return kind.needs?.includes('adapt image') === true;
}

function noAdaptImage(where: string): WtildeError {
  return new WtildeError('MissingArgument', {
    what: 'there is no image that the source could be adapted to',
    where,
    expected: 'an adapt image: the lensed source as an earlier fit has it',
    actual: 'none',
    remedy:
      'pass adaptImage, such as the mappedReconstructedImage() of the evidence at an earlier fit; on the command line ' +
      '--adapt-image with the folder of one',
  });
}

function noImage(code: 'DTypeMismatch' | 'ShapeMismatch' | 'InvalidValue', expected: string, actual: string) {
  return new WtildeError(code, {
    what: 'the adapt image is no image of a source',
    where: 'adaptImage',
    expected,
    actual,
    remedy: 'pass the image of a source that has been reconstructed',
  });
}
