import { WtildeError } from '@wtilde/core-types';
import type { Counts } from './integrations.js';
import type { ObservationSummary } from './summary.js';

/** What went in, and what came out. */
export interface ImportReport {
  /** Visibilities that were read, channels counted each, by what became of them. */
  readonly counts: Counts;
  readonly summary: ObservationSummary;
}

/** Keeps the report of the last pass over all chunks. */
export function createReport(where: string) {
  let report: ImportReport | undefined;
  return {
    /** Throws InvalidValue where no visibility was used. */
    keep(counts: Counts, summary: () => ObservationSummary): void {
      if (counts.used === 0) throw nothingLeft(where, counts);
      report = { counts, summary: summary() };
    },
    /** Throws MissingArgument before the first pass is over. */
    report(): ImportReport {
      if (report !== undefined) return report;
      throw new WtildeError('MissingArgument', {
        what: 'there is nothing to report before all chunks have been taken',
        where,
        remedy: 'go through chunks() first',
      });
    },
  };
}

function nothingLeft(where: string, { read, notSelected, autocorrelations, flagged }: Counts): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'no visibility is left',
    where,
    expected: 'visibilities that are selected and have weight',
    actual: `${read} read, ${notSelected} not selected, ${autocorrelations} autocorrelations, ${flagged} flagged`,
    remedy: 'select more, or check weights and noise',
  });
}
