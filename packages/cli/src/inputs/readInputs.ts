import { WtildeError } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { bundledPaths, fieldsFromNpzFile } from '@wtilde/data/node';
import type { InputOptions } from '../options/shared.js';

/** The inputs of a command and what to call them. */
export interface Inputs {
  readonly fields: Fields;
  readonly label: string;
  /** How to name the same inputs again on a command line: empty for the bundled dataset. */
  readonly argument: string;
}

/** The input arrays of the file, or of the bundled dataset where none is named. */
export async function readInputs({ inputs: path, maxBytes }: InputOptions): Promise<Inputs> {
  if (path === undefined) {
    const fields = await fieldsFromNpzFile(bundledPaths().inputs);
    return { fields, label: 'the bundled dataset (a simulated lens)', argument: '' };
  }
  const fields = await fieldsFromNpzFile(path, maxBytes === undefined ? {} : { maxBytes });
  if (Object.keys(fields).length === 0) throw nothingIn(path);
  return { fields, label: path, argument: ` --inputs ${quoted(path)}` };
}

function nothingIn(path: string): WtildeError {
  return new WtildeError('MissingArgument', {
    what: 'the archive holds no inputs',
    where: path,
    expected: 'arrays under upstream argument names, with or without the prefix in.',
    actual: 'none',
    remedy: 'save the inputs with numpy.savez(path, uv_wavelengths=..., noise_map=..., ...)',
  });
}

function quoted(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
