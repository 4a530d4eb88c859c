import { WtildeError } from '@wtilde/core-types';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { type Evidence, inversionFrom } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom } from '../../lensing/dataset.js';
import { filesOf, lightModelFrom, modelFrom } from '../../lensing/model.js';
import { pictureTarget, sourceFields, writePictures } from '../../lensing/pictures.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { printWarnings } from '../../text/warnings.js';
import { evidenceOfLight } from './light.js';
import { evidencesOfLines } from './lines.js';
import type { EvidenceOptions } from './options.js';
import { jsonOf, report } from './report.js';
import { evidenceOfSeveral } from './several.js';

/** `wtilde evidence`: the log evidence of a lens model, from visibilities, and the source that goes with it. */
export async function evidence(options: EvidenceOptions, io: Io): Promise<ExitCode> {
  if (options.lens === '-') return await evidencesOfLines(options, io);
  if (options.executor !== undefined) throw notShared(options.lens);
  if (options.data.length > 1) return await evidenceOfSeveral(options, io);
  const ofLight = await lightModelFrom(options);
  if (ofLight !== undefined) return await evidenceOfLight(options, ofLight, io);
  if (options.ridge !== undefined) throw nothingLinear();
  const [data] = options.data;
  const { mask, out, strict } = options;
  const target = out === undefined ? undefined : await pictureTarget(out);
  const inputs = [data, mask, options.primaryBeam, options.antennaReference, ...(await filesOf(options))];
  const outputs = await outputsOf(target?.paths ?? [], inputs, options, io, target?.kind === 'folder');
  const model = await modelFrom(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained = await datasetFrom({ ...options, data }, dispatcher, progress);
    const inversion = inversionFrom(obtained.prepared, backends);
    progress.step('evidence');
    const asked = { ...model, solve: options.positive ? 'positive' : 'unrestricted' } as const;
    let found = await inversion.evidence(asked);
    const times = [sumOf(found)];
    for (let call = 1; call < (options.repeat ?? 1); call++) {
      found = await inversion.evidence(asked);
      times.push(sumOf(found));
    }
    progress.stop();
    printWarnings(io, found.warnings, strict);
    for (const each of obtained.notes) note(io, each);
    const ms = Math.min(...times);
    const gradient = options.gradient ? await found.gradient() : undefined;
    const json = jsonOf(found, ms, obtained, gradient);
    let written: string | undefined;
    if (out !== undefined && target?.kind === 'archive') {
      await outputs.write((how) => writeNpzFile(out, sourceFields(found), how));
      written = `The reconstructed source is in ${out}.`;
    } else if (out !== undefined) {
      const { prepared, uvWavelengths } = obtained;
      const pictured = { prepared, model, evidence: found, uvWavelengths, command: 'evidence', data, json };
      written = await writePictures(out, pictured, options, outputs);
    }
    if (options.json) printJson(outputs.io, json);
    else print(outputs.io, report(found, ms, obtained, written, gradient));
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

function sumOf({ ms }: Evidence): number {
  return Object.values(ms).reduce((sum, part) => sum + part, 0);
}

function nothingLinear(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there is no linear light to add a ridge to',
    where: '--ridge',
    expected: 'profiles such as LinearSersic in lens.json',
    actual: 'none',
    remedy: 'leave it out',
  });
}

function notShared(lens: string | undefined): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'one evidence cannot be shared: it runs on all cores of this machine as it is',
    where: '--executor',
    expected: '--lens -, models that come line by line',
    actual: lens ?? 'no lens',
    remedy: 'leave --executor out, or send models line by line',
  });
}
