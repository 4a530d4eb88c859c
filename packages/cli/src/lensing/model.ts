import { type LensModel, type Mesh, type Model, parseLensModel, parseMesh, parseRegularization } from '@wtilde/lens';
import { jsonIn } from '../inputs/json.js';
import type { ModelOptions } from '../options/shared.js';

/** The model that options describe. Unless told, its source is regularized as its mesh is best served. */
export async function modelFrom({ lens, mesh: shape, regularization }: ModelOptions): Promise<Model> {
  const mesh = parseMesh(shape);
  return { lens: await readLens(lens), mesh, regularization: parseRegularization(regularization ?? bestFor(mesh)) };
}

/** A mesh with a frame leaves nothing of the source free under `gradient`, which no other mesh can take. */
function bestFor(mesh: Mesh): string {
  return mesh.type === 'overlay' && mesh.interpolation !== 'barycentric' ? 'gradient:1' : 'constant:1';
}

/** The lens model of a JSON file. */
export async function readLens(path: string): Promise<LensModel> {
  return parseLensModel(await jsonIn(path, '{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6 }] }'));
}
