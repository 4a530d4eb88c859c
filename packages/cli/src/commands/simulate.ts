import { mkdir } from 'node:fs/promises';
import { WtildeError } from '@wtilde/core-types';
import { observations, uvTrackOf } from '@wtilde/data';
import { readFitsFile, writeVisibilityFiles } from '@wtilde/data/node';
import { simulateVisibilities } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../exitCodes.js';
import { type Io, print } from '../io.js';
import { lensingBackends } from '../lensing/backends.js';
import { maskFrom } from '../lensing/mask.js';
import { readLens } from '../lensing/model.js';
import type { MaskOptions } from '../lensing/options.js';
import { createProgress } from '../progress.js';

export interface SimulateOptions extends MaskOptions {
  readonly lens: string;
  readonly out: string;
  readonly uv?: string;
  readonly array: string;
  readonly visibilities: number;
  readonly noise: number;
  readonly seed: number;
  readonly backend?: string;
}

/** `wtilde simulate`: the three FITS files of an interferometer that looks at a lensed source. */
export async function simulate(options: SimulateOptions, io: Io): Promise<ExitCode> {
  const lens = await readLens(options.lens);
  const mask = await maskFrom(options);
  const uvWavelengths = await baselines(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    progress.step(`${uvWavelengths.shape[0]} visibilities`);
    const { noise, seed } = options;
    const { visibilities, image } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed, ...backends });
    await makeFolder(options.out);
    await writeVisibilityFiles(options.out, visibilities);
    progress.stop();
    const flux = image.data.reduce((sum, value) => sum + value, 0);
    print(
      io,
      `${options.out}: ${uvWavelengths.shape[0]} visibilities of a lensed source of total flux ${flux.toPrecision(6)}, noise ${noise}`,
    );
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

async function baselines({ uv, array, visibilities, seed }: SimulateOptions) {
  if (uv !== undefined) return await readFitsFile(uv);
  const found = Object.entries(observations).find(([name]) => name === array);
  if (found !== undefined) return uvTrackOf(found[1], visibilities, seed);
  throw new WtildeError('InvalidOption', {
    what: 'there is no such array',
    where: '--array',
    expected: `one of ${Object.keys(observations).join(', ')}`,
    actual: array,
    remedy: 'use one of those, or pass baselines with --uv uv_wavelengths.fits',
  });
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new WtildeError('FileUnwritable', {
      what: 'the folder cannot be made',
      where: path,
      actual: cause instanceof Error ? cause.message : String(cause),
      remedy: 'name another folder',
      cause,
    });
  }
}
