import { readFile } from 'node:fs/promises';
import { WtildeError } from '@wtilde/core-types';
import { type LensModel, type Model, parseLensModel, parseMesh, parseRegularization } from '@wtilde/lens';

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
  return parseLensModel(jsonIn(await textOf(path), path));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new WtildeError('FileUnreadable', {
      what: 'the file cannot be read',
      where: path,
      actual: cause instanceof Error ? cause.message : String(cause),
      remedy: 'check the path and its permissions',
      cause,
    });
  }
}

function jsonIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WtildeError('FileFormat', {
      what: 'the file is not JSON',
      where: path,
      actual: cause instanceof Error ? cause.message : String(cause),
      remedy: 'write for example { "mass": [{ "type": "Isothermal", "einsteinRadius": 1.6 }] }',
      cause,
    });
  }
}
