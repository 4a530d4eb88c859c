import { isHandle, isRecord, kernels, type LooseResult, type NdArray, WtildeError } from '@wtilde/core-types';

/** An evidence and everything that it is made of. */
export interface Evidence {
  readonly logEvidence: number;
  /** The terms by the names of evidenceTermsFrom, and chiSquared0. */
  readonly terms: Readonly<Record<string, number>>;
  readonly reconstruction: NdArray;
}

/** Reads the evidence from the results of the kernels of its route. */
export function evidenceOf(results: ReadonlyMap<string, LooseResult>): Evidence {
  const record = results.get(kernels.evidenceTermsFrom.name);
  const chiSquared0 = results.get(kernels.chiSquared0From.name);
  if (record === undefined || !isRecord(record) || typeof chiSquared0 !== 'number') throw incomplete();
  const { logEvidence, reconstruction, errorBound: _, ...others } = record;
  if (typeof logEvidence !== 'number' || typeof reconstruction !== 'object' || isHandle(reconstruction)) {
    throw incomplete();
  }
  const terms: Record<string, number> = {};
  for (const [name, value] of Object.entries(others)) {
    if (typeof value !== 'number') throw incomplete();
    terms[name] = value;
  }
  return { logEvidence, terms: { ...terms, chiSquared0 }, reconstruction };
}

function incomplete(): WtildeError {
  return new WtildeError('InvalidContract', {
    what: 'the route has not come to all terms of the evidence',
    where: 'likelihood',
    remedy: 'correct the backend or the route of the kernel',
  });
}
