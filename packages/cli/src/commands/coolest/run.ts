import { WtildeError } from '@wtilde/core-types';
import { coolestFrom, lensModelFromCoolest } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { jsonIn } from '../../inputs/json.js';
import { type Io, printJson } from '../../io.js';
import { readLens } from '../../lensing/model.js';
import type { CoolestOptions } from './options.js';

/** `wtilde coolest [template]`: a lens model from a COOLEST template, or the other way round. */
export async function coolest(options: CoolestOptions, io: Io, [template]: readonly string[]): Promise<ExitCode> {
  const { pixelScale, lens } = options;
  if ((template === undefined) === (lens === undefined)) {
    throw wrong('coolest', 'a template, or --lens', template === undefined ? 'neither' : 'both');
  }
  if (template !== undefined) {
    const json = await jsonIn(template, '{ "standard": "COOLEST", "lensing_entities": [...] }');
    printJson(io, lensModelFromCoolest(json, { pixelScale }).lens);
    return exitCodes.fine;
  }
  const model = await readLens(String(lens));
  const { lensRedshift = model.lensRedshift, sourceRedshift = model.sourceRedshift } = options;
  if (lensRedshift === undefined || sourceRedshift === undefined) {
    throw wrong('--lens-redshift, --source-redshift', 'both beside --lens, or in lens.json', 'not both');
  }
  printJson(io, coolestFrom({ lens: model, lensRedshift, sourceRedshift, pixelScale }));
  return exitCodes.fine;
}

function wrong(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'these options do not go together',
    where,
    expected,
    actual,
    remedy: 'see wtilde coolest --help',
  });
}
