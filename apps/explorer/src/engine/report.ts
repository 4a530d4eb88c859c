import { reportFiles } from '@wtilde/figures';
import type { Inversion } from '@wtilde/lens';
import { zipSync } from 'fflate';
import type { ModelChoice } from './protocol.js';

/** The page and the FITS files of a model as one archive. */
export async function reportOf(inversion: Inversion, model: ModelChoice): Promise<Uint8Array<ArrayBuffer>> {
  const evidence = await inversion.evidence(model);
  const files = reportFiles(
    { prepared: inversion, model, evidence },
    { title: 'A source behind a lens', listing: JSON.stringify(model.lens, undefined, 2) },
  );
  const entries = files.map(({ path, bytes }) => [`wtilde-report/${path}`, bytes]);
  return Uint8Array.from(zipSync(Object.fromEntries(entries)));
}
