import {
  isImageMesh,
  type LensModel,
  type Mesh,
  type Model,
  parseLensModel,
  parseMesh,
  parseRegularization,
} from '@wtilde/lens';
import { jsonIn } from '../inputs/json.js';
import type { ModelOptions } from '../options/shared.js';
import { arrayIn } from './array.js';

/** The model that options describe. Unless told, its source is regularized as its mesh is best served. */
export async function modelFrom(options: ModelOptions): Promise<Model> {
  const { lens, adaptImage, borderRelocator } = options;
  const mesh = await meshFrom(options.mesh);
  return {
    lens: await readLens(lens),
    mesh,
    regularization: parseRegularization(options.regularization ?? bestFor(mesh)),
    ...(adaptImage === undefined ? {} : { adaptImage: await arrayIn(adaptImage, adaptImageNames) }),
    ...(borderRelocator === undefined ? {} : { useBorderRelocator: borderRelocator }),
  };
}

/** A mesh with a frame leaves nothing of the source free under `gradient`, which no other mesh can take. */
export function bestFor(mesh: Mesh): string {
  const framed = isImageMesh(mesh) && mesh.interpolation !== 'barycentric';
  return framed ? 'gradient:1' : 'constant:1';
}

/** The files that options of a model name. */
export function filesOf({ lens, mesh, adaptImage }: ModelOptions): readonly (string | undefined)[] {
  return [lens, adaptImage, pointsIn(mesh)?.path];
}

/** What `wtilde evidence --out` calls it, and what others may. */
const adaptImageNames = ['adapt_image', 'mapped_reconstructed_image'];

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
