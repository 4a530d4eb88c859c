import { arcsecPerRadian } from '@wtilde/core-types';
import { unitWarnings } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { maskFrom } from '../../lensing/mask.js';
import { createProgress } from '../../progress.js';
import { maskFacts, maskPicture } from '../../text/maskPicture.js';
import { difference } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';
import { printWarnings } from '../../text/warnings.js';
import { type Facts, factsOf } from './facts.js';
import type { InfoOptions } from './options.js';

/** `wtilde info`: what is in a dataset, and what pixels suit it. */
export async function info(options: InfoOptions, io: Io, [folder]: readonly string[]): Promise<ExitCode> {
  const progress = await createProgress(io);
  const facts = await factsOf(folder, progress.step(folder)).finally(() => progress.stop());
  printWarnings(io, unitWarnings({ longest: facts.longestBaseline }), options.strict);
  const scales = scalesOf(facts);
  const mask = options.mask ?? options.maskRadius ?? options.maskOrigin;
  const drawn = mask === undefined ? undefined : await maskFrom(options);
  if (options.json) printJson(io, { ...facts, ...scales, ...(drawn === undefined ? {} : { mask: maskFacts(drawn) }) });
  else {
    print(io, `${folder}\n${table(rowsOf(facts, scales), rightFrom(1, 2))}`);
    if (drawn !== undefined) print(io, `\n${maskPicture(drawn)}`);
  }
  return exitCodes.fine;
}

/** In arcsec; nothing where no baseline has a length. */
interface Scales {
  readonly resolution?: number;
  readonly largestPixelScale?: number;
  readonly largestScale?: number;
}

function scalesOf({ shortestBaseline, longestBaseline }: Facts): Scales {
  if (longestBaseline === 0) return {};
  const resolution = arcsecPerRadian / longestBaseline;
  return { resolution, largestPixelScale: resolution / 2, largestScale: arcsecPerRadian / shortestBaseline };
}

function rowsOf(facts: Facts, { resolution, largestPixelScale, largestScale }: Scales): readonly string[][] {
  const rows = [
    ['visibilities', String(facts.visibilities)],
    ['  flagged (infinite noise)', String(facts.flagged)],
    ['  not finite', String(facts.notFinite)],
    // What is nearly always none is told where there are some.
    ...[
      ['  flagged in one part only', facts.halfFlagged] as const,
      ['  zero noise, which W cannot take', facts.zeroNoise] as const,
      ['  negative noise', facts.negativeNoise] as const,
      ['  baselines of length zero', facts.zeroBaselines] as const,
    ].flatMap(([label, count]) => (count === 0 ? [] : [[label, String(count)]])),
    ['baselines in wavelengths', `${facts.shortestBaseline.toPrecision(4)} to ${facts.longestBaseline.toPrecision(4)}`],
    ['resolution, 1 / longest baseline', arcsec(resolution)],
    ['pixel scale that resolves it, at most', arcsec(largestPixelScale)],
    ['largest scale, 1 / shortest baseline', arcsec(largestScale)],
    ['noise', `${facts.leastNoise.toPrecision(4)} to ${facts.mostNoise.toPrecision(4)}`],
    ['  unequal in real and imaginary part', unequal(facts)],
    ['signal to noise, root mean square', facts.signalToNoise.toPrecision(4)],
    ['chi-squared of an empty source', facts.chiSquared0.toFixed(4)],
    ['noise normalization', facts.noiseNormalization.toFixed(4)],
  ];
  return rows;
}

function arcsec(length: number | undefined): string {
  return length === undefined ? 'none' : `${length.toPrecision(3)}"`;
}

function unequal({ unequalNoise, unequalBy }: Facts): string {
  return unequalNoise === 0 ? '0' : `${unequalNoise}, by up to ${difference(unequalBy)} of it (see --noise rms)`;
}
