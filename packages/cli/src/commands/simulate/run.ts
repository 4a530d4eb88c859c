import { WtildeError } from '@wtilde/core-types';
import { observations, pairsOf, uvTrackOf } from '@wtilde/data';
import { readFitsFile, visibilityPaths, writeVisibilityFiles } from '@wtilde/data/node';
import { simulateVisibilities } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { maskFrom } from '../../lensing/mask.js';
import { readLens } from '../../lensing/model.js';
import { primaryBeamOf } from '../../lensing/primaryBeam.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { printWarnings } from '../../text/warnings.js';
import type { SimulateOptions } from './options.js';

/** `wtilde simulate`: the three FITS files of an interferometer that looks at a lensed source. */
export async function simulate(options: SimulateOptions, io: Io): Promise<ExitCode> {
  const { out, strict } = options;
  const files = Object.values(visibilityPaths(out)).map(String);
  const outputs = await outputsOf(
    files,
    [options.lens, options.mask, options.primaryBeam, options.uv],
    options,
    io,
    true,
  );
  const lens = await readLens(options.lens);
  const mask = await maskFrom(options);
  const primaryBeam = await primaryBeamOf(options, mask);
  const uvWavelengths = await baselines(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    progress.step(`${uvWavelengths.shape[0]} visibilities`);
    const { noise, seed } = options;
    const simulated = await simulateVisibilities({ lens, mask, primaryBeam, uvWavelengths, noise, seed, ...backends });
    const { visibilities, image } = simulated;
    progress.stop();
    printWarnings(io, simulated.warnings, strict);
    await outputs.write((how) => writeVisibilityFiles(out, visibilities, how));
    const flux = image.data.reduce((sum, value) => sum + value, 0);
    print(
      outputs.io,
      `${out}: ${uvWavelengths.shape[0]} visibilities of a lensed source of total flux ${flux.toPrecision(6)}, noise ${noise}`,
    );
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

async function baselines({ uv, array, visibilities, seed }: SimulateOptions) {
  if (uv !== undefined) {
    const read = pairsOf(await readFitsFile(uv), uv);
    if (read.shape[0] > 0) return read;
    throw wrong('there are no baselines', uv, 'an image (K, 2) with K from 1', 'K = 0', 'name another file');
  }
  const found = Object.entries(observations).find(([name]) => name === array);
  if (found !== undefined) return uvTrackOf(found[1], visibilities, seed);
  const known = `one of ${Object.keys(observations).join(', ')}`;
  const remedy = 'use one of those, or pass baselines with --uv uv_wavelengths.fits';
  throw wrong('there is no such array', '--array', known, array, remedy);
}

function wrong(what: string, where: string, expected: string, actual: string, remedy: string): WtildeError {
  return new WtildeError('InvalidOption', { what, where, expected, actual, remedy });
}
