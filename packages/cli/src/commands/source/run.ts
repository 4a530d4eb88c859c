import { createDispatcher } from '@wtilde/dispatch';
import { type Evidence, inversionFrom, type Measured, measureSource, type SourceMeasurements } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom } from '../../lensing/dataset.js';
import { modelFrom } from '../../lensing/model.js';
import { createProgress } from '../../progress.js';
import { table } from '../../text/table.js';
import { printWarnings } from '../../text/warnings.js';
import type { SourceOptions } from './options.js';

/** `wtilde source`: what the reconstructed source of a lens model is. */
export async function source(options: SourceOptions, io: Io): Promise<ExitCode> {
  const { minimumSignalToNoise } = options;
  const model = await modelFrom(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained = await datasetFrom(options, dispatcher, progress);
    const inversion = inversionFrom(obtained.prepared, backends);
    progress.step('evidence');
    const evidence = await inversion.evidence(model);
    const { pixelScale } = inversion.geometry;
    const found = measureSource(evidence, { mesh: model.mesh, pixelScale, minimumSignalToNoise });
    progress.stop();
    printWarnings(io, evidence.warnings, options.strict);
    for (const each of obtained.notes) note(io, each);
    if (options.json) printJson(io, jsonOf(evidence, found));
    else print(io, report(evidence, found));
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

function areaOf({ areas }: SourceMeasurements): number {
  return areas.data.reduce((sum, area) => sum + area, 0);
}

function jsonOf({ logEvidence, mapper }: Evidence, found: SourceMeasurements): object {
  const { areas: _, ...measured } = found;
  return { logEvidence, sourcePixels: mapper.pixels, area: areaOf(found), ...measured };
}

function report({ logEvidence, mapper }: Evidence, found: SourceMeasurements): string {
  const { pixels, sourceFlux, imageFlux, magnification, brightest } = found;
  const [y, x] = brightest.position;
  return table([
    ['log evidence', logEvidence.toFixed(6)],
    ['source pixels', pixels === mapper.pixels ? `${pixels}` : `${pixels} of ${mapper.pixels}`],
    ['area of the mesh', `${areaOf(found).toPrecision(6)} arcsec^2`],
    ['flux of the source', withError(sourceFlux)],
    ['flux of its images', withError(imageFlux)],
    ['magnification', withError(magnification)],
    ['brightest pixel at (y, x)', `${y.toFixed(4)}, ${x.toFixed(4)} arcsec`],
    ['  its brightness', withError(brightest.brightness)],
  ]);
}

function withError({ value, error }: Measured): string {
  return `${value.toPrecision(6)} +- ${error.toPrecision(2)}`;
}
