import { openVisibilityFiles } from '@wtilde/data/node';
import { type ExitCode, exitCodes } from '../exitCodes.js';
import { type Io, print, printJson } from '../io.js';
import { createProgress } from '../progress.js';
import { rightFrom, table } from '../text/table.js';

export interface InfoOptions {
  readonly json?: boolean;
}

/** What is in a dataset, in one pass. Lengths in wavelengths. */
interface Facts {
  readonly visibilities: number;
  readonly flagged: number;
  readonly notFinite: number;
  readonly shortestBaseline: number;
  readonly longestBaseline: number;
  readonly leastNoise: number;
  readonly mostNoise: number;
  /** Visibilities whose noise differs between real and imaginary part, which W cannot take. */
  readonly unequalNoise: number;
  readonly signalToNoise: number;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

const arcsecPerRadian = 648000 / Math.PI;

/** `wtilde info`: what is in a dataset, and what pixels suit it. */
export async function info(folder: string, options: InfoOptions, io: Io): Promise<ExitCode> {
  const progress = await createProgress(io);
  const facts = await factsOf(folder, progress.step(folder)).finally(() => progress.stop());
  const resolution = arcsecPerRadian / facts.longestBaseline;
  const largestScale = arcsecPerRadian / facts.shortestBaseline;
  if (options.json) {
    printJson(io, { ...facts, resolution, largestPixelScale: resolution / 2, largestScale });
    return exitCodes.fine;
  }
  const rows = [
    ['visibilities', String(facts.visibilities)],
    ['  flagged (infinite noise)', String(facts.flagged)],
    ['  not finite', String(facts.notFinite)],
    ['baselines in wavelengths', `${facts.shortestBaseline.toPrecision(4)} to ${facts.longestBaseline.toPrecision(4)}`],
    ['resolution, 1 / longest baseline', `${resolution.toPrecision(3)}"`],
    ['pixel scale that resolves it, at most', `${(resolution / 2).toPrecision(3)}"`],
    ['largest scale, 1 / shortest baseline', `${largestScale.toPrecision(3)}"`],
    ['noise', `${facts.leastNoise.toPrecision(4)} to ${facts.mostNoise.toPrecision(4)}`],
    ['  unequal in real and imaginary part', String(facts.unequalNoise)],
    ['signal to noise, root mean square', facts.signalToNoise.toPrecision(4)],
    ['chi-squared of an empty source', facts.chiSquared0.toFixed(4)],
    ['noise normalization', facts.noiseNormalization.toFixed(4)],
  ];
  print(io, `${folder}\n${table(rows, rightFrom(1, 2))}`);
  return exitCodes.fine;
}

async function factsOf(folder: string, onProgress: (done: number, total: number) => void): Promise<Facts> {
  const { count, chunks } = await openVisibilityFiles(folder);
  let [seen, flagged, notFinite, unequalNoise, chiSquared0, noiseNormalization] = [0, 0, 0, 0, 0, 0];
  let [shortest, longest, leastNoise, mostNoise] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
  for await (const { data, noiseMap, uvWavelengths } of chunks()) {
    for (let at = 0; at < data.data.length; at += 2) {
      const noise = [noiseMap.data[at], noiseMap.data[at + 1]].map(Math.abs);
      const [u, v] = [uvWavelengths.data[at], uvWavelengths.data[at + 1]];
      if (noise.includes(Number.POSITIVE_INFINITY)) flagged += 1;
      else if (![...noise, data.data[at], data.data[at + 1], u, v].every(Number.isFinite)) notFinite += 1;
      else {
        const length = Math.hypot(u, v);
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        leastNoise = Math.min(leastNoise, ...noise);
        mostNoise = Math.max(mostNoise, ...noise);
        if (Math.abs(noise[0] - noise[1]) > 1e-12 * noise[0]) unequalNoise += 1;
        for (const part of [0, 1]) {
          chiSquared0 += (data.data[at + part] / noise[part]) ** 2;
          noiseNormalization += Math.log(2 * Math.PI * noise[part] ** 2);
        }
      }
    }
    seen += data.shape[0];
    onProgress(seen, count);
  }
  const used = Math.max(1, count - flagged - notFinite);
  return {
    visibilities: count,
    flagged,
    notFinite,
    shortestBaseline: shortest,
    longestBaseline: longest,
    leastNoise,
    mostNoise,
    unequalNoise,
    signalToNoise: Math.sqrt(chiSquared0 / (2 * used)),
    chiSquared0,
    noiseNormalization,
  };
}
