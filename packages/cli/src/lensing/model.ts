import { type LensModel, type Model, parseLensModel, parseMesh, parseRegularization } from '@wtilde/lens';
import { jsonIn } from '../inputs/json.js';

/** A guess at the lens, as it is asked for. */
export interface ModelOptions {
  readonly lens: string;
  readonly mesh: string;
  readonly regularization: string;
}

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
