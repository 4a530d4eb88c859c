import { WtildeError } from '@wtilde/core-types';
import {
  hasLightBesidePixels,
  isImageMesh,
  type LensModel,
  type LightModel,
  type Mesh,
  type Model,
  parseLensModel,
  parseMesh,
  parseRegularization,
  withoutGivenSource,
} from '@wtilde/lens';
import { jsonIn } from '../inputs/json.js';
import type { ModelOptions } from '../options/shared.js';
import { adaptImageFile, adaptImageIn } from './adaptImage.js';
import { arrayIn } from './array.js';

/**
 * The model that options describe, its source made of pixels. Unless told, that is regularized as its mesh is best served.
 *
 * @throws InvalidOption for a lens with light beside the pixels, which `lightModelFrom` has
 */
export async function modelFrom(options: ModelOptions): Promise<Model> {
  const lens = await readLens(options.lens);
  if (hasLightBesidePixels(lens)) throw otherLight();
  if (options.mesh === 'none') throw noPixels();
  return { lens, ...(await pixelsFrom(options)) };
}

/** The model of light profiles that options describe, beside pixels or without; undefined where a source of pixels is all. */
export async function lightModelFrom(options: ModelOptions): Promise<LightModel | undefined> {
  const lens = await readLens(options.lens);
  if (options.mesh === 'none') {
    if (options.regularization === undefined) return { lens };
    throw nothingToRegularize(options.regularization);
  }
  if (!hasLightBesidePixels(lens)) return undefined;
  return { lens: withoutGivenSource(lens), ...(await pixelsFrom(options)) };
}

async function pixelsFrom({ mesh: text, regularization, adaptImage, borderRelocator }: ModelOptions) {
  const mesh = await meshFrom(text);
  return {
    mesh,
    regularization: parseRegularization(regularization ?? bestFor(mesh)),
    ...(adaptImage === undefined ? {} : { adaptImage: await adaptImageIn(adaptImage) }),
    ...(borderRelocator === undefined ? {} : { useBorderRelocator: borderRelocator }),
  };
}

function otherLight(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the lens has light beside the pixels of its source',
    where: '--lens',
    expected: 'no lensLight, no linear light, no light or mesh on further planes',
    actual: 'a lens with some of that',
    remedy: 'use wtilde evidence with one dataset, or wtilde fit; or leave that light out of lens.json',
  });
}

function noPixels(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there are no source pixels',
    where: '--mesh',
    expected: 'a mesh such as overlay:30x30',
    actual: 'none',
    remedy: 'name a mesh; light profiles alone are for wtilde evidence with one dataset, and wtilde fit',
  });
}

function nothingToRegularize(regularization: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there are no source pixels to regularize',
    where: '--regularization',
    expected: 'none beside --mesh none',
    actual: regularization,
    remedy: 'leave it out, or name a mesh',
  });
}

/** A mesh with a frame leaves nothing of the source free under `gradient`, which no other mesh can take. */
export function bestFor(mesh: Mesh): string {
  const framed = isImageMesh(mesh) && mesh.interpolation !== 'barycentric';
  return framed ? 'gradient:1' : 'constant:1';
}

/** The files that options of a model name. */
export async function filesOf({ lens, mesh, adaptImage }: ModelOptions): Promise<readonly (string | undefined)[]> {
  return [lens, adaptImage && (await adaptImageFile(adaptImage)), pointsIn(mesh)?.path];
}

/** The lens model of a JSON file. */
export async function readLens(path: string): Promise<LensModel> {
  return parseLensModel(await jsonIn(path, '{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6 }] }'));
}

/** A mesh from its text; points are read from their file. */
async function meshFrom(text: string): Promise<Mesh> {
  const found = pointsIn(text);
  if (found === undefined) return parseMesh(text);
  const { path, interpolation, zeroedPixels } = found;
  const points = await arrayIn(path, ['points', 'image_plane_mesh_grid']);
  return {
    type: 'points',
    points,
    ...(interpolation === undefined ? {} : { interpolation }),
    ...(zeroedPixels === undefined ? {} : { zeroedPixels: Number(zeroedPixels) }),
  };
}

/** What stands in points:FILE[:INTERPOLATION][,zeroedPixels=N]; a name of a file may have colons and commas too. */
function pointsIn(text: string) {
  const [, path, word, zeroedPixels] =
    /^points:(.+?)(?::(natural|laplace|barycentric))?(?:,zeroedPixels=(\d+))?$/.exec(text) ?? [];
  const interpolation = (['natural', 'laplace', 'barycentric'] as const).find((each) => each === word);
  return path === undefined ? undefined : { path, interpolation, zeroedPixels };
}
