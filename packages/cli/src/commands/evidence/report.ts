import { evidenceFloor, tolerances } from '@wtilde/core-types';
import type { DispatchEvent } from '@wtilde/dispatch';
import type { Evidence, EvidenceGradient, GainEstimates } from '@wtilde/lens';
import { gainsTold } from '../../lensing/antennaGains.js';
import type { Obtained } from '../../lensing/dataset.js';
import { difference, duration } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';
import { termLabels } from '../../text/terms.js';

/** The JSON object of `--json`. */
export function jsonOf(
  found: Evidence,
  ms: number,
  { from, ms: obtainMs }: Obtained,
  gradient?: EvidenceGradient,
): object {
  const { logEvidence, terms, errorBound, mapper } = found;
  return {
    logEvidence,
    errorBound,
    ...(gradient === undefined ? {} : { gradient }),
    terms,
    ...(found.positive === undefined ? {} : { positive: found.positive }),
    ...(found.antennaGains === undefined ? {} : { antennaGains: gainsListed(found.antennaGains()) }),
    ms,
    ...(from === 'file' ? { readMs: obtainMs } : { prepareMs: obtainMs }),
    parts: found.ms,
    sourcePixels: mapper.pixels,
    ran: found.ran.map(placeOf),
  };
}

/** Phases in degrees. */
function gainsListed({ antennas, starts, phases, phaseErrors, amplitudes, amplitudeErrors }: GainEstimates): object[] {
  const degrees = (radians: number) => (180 * radians) / Math.PI;
  return [...antennas.data].map((antenna, at) => ({
    antenna,
    start: starts.data[at],
    phase: degrees(phases.data[at]),
    phaseError: degrees(phaseErrors.data[at]),
    amplitude: amplitudes.data[at],
    amplitudeError: amplitudeErrors.data[at],
  }));
}

function placeOf(event: DispatchEvent): object {
  return 'backend' in event
    ? {
        kernel: event.kernel,
        backend: event.backend,
        precision: event.precision,
        simd: event.simd,
        method: event.method,
      }
    : { kernel: event.kernel };
}

/** More than this matters where models are compared, whatever the size of the terms. */
const negligible = 1e-3;

/** What an evidence may be off by without a word: what backends may differ by, as far as nobody minds. */
function toleranceOf({ terms }: Evidence): number {
  const sum = Object.values(terms).reduce((total, term) => total + Math.abs(term), 0);
  return Math.max(evidenceFloor, Math.min(tolerances.evidence.float64 * sum, negligible));
}

/** The evidence as a table for people. */
export function report(
  found: Evidence,
  ms: number,
  { prepared, from, ms: obtainMs }: Obtained,
  written?: string,
  gradient: EvidenceGradient = {},
): string {
  const { logEvidence, errorBound, mapper, terms, positive } = found;
  const rows = [
    ['log evidence', logEvidence.toFixed(6)],
    ...(errorBound <= toleranceOf(found) ? [] : [['  may be off by', difference(errorBound)]]),
    ...termLabels.map(([term, label]) => [label, terms[term].toFixed(6)]),
    ...(positive === undefined ? [] : [['source pixels above 0', `${positive.pixels}`]]),
    ...gainsTold(found),
    ...Object.entries(gradient).map(([path, value]) => [`by ${path}`, value.toPrecision(10)]),
    [from === 'file' ? 'reading the prepared dataset' : 'visibilities to W and dirty image', duration(obtainMs)],
    ['this evaluation', duration(ms)],
  ];
  const image = mapper.pixIndexesForSubSlimIndex.shape[0];
  return [
    `${prepared.sums.visibilityCount} visibilities, ${image} image pixels, ${mapper.pixels} source pixels`,
    '',
    table(rows, rightFrom(1, 2)),
    ...(written === undefined ? [] : ['', written]),
  ].join('\n');
}
