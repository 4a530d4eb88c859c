import { type LensModel, type Model, parseLensModel, parseMesh, parseRegularization } from '@wtilde/lens';
import { jsonIn } from '../inputs/json.js';
import type { ModelOptions } from '../options/shared.js';

/** The model that options describe. */
export async function modelFrom({ lens, mesh, regularization }: ModelOptions): Promise<Model> {
  return {
    lens: await readLens(lens),
    mesh: parseMesh(mesh),
    regularization: parseRegularization(regularization),
  };
}

/** The lens model of a JSON file. */
export async function readLens(path: string): Promise<LensModel> {
  return parseLensModel(await jsonIn(path, '{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6 }] }'));
}
