/** What is where on a server. */
import { sha256 } from '../work/work.js';

/** Where BullMQ keeps its own: `wtilde:jobs:...`. */
export const queueName = 'jobs';
export const prefix = 'wtilde';

/** The bytes of a piece of work; a result; the version of those who use the server. */
export const keys = {
  work: (hash: string) => `wtilde:work:${hash}`,
  result: (job: string) => `wtilde:result:${job}`,
  version: 'wtilde:version',
  /** Set for a moment: whether something can be set at all. */
  probe: 'wtilde:probe',
};

/** Seconds that work and results are kept for who comes back to a run. */
export const keptSeconds = 7 * 24 * 3600;

/** The same job of the same work has the same id, whoever adds it. */
export function jobId(work: string, job: Uint8Array): string {
  return `w-${work.slice(0, 24)}-${sha256(job).slice(0, 24)}`;
}

/** What a job carries: its own bytes, in base64, and the hash of all that it has in common with others. */
export interface JobData {
  readonly work: string;
  readonly version: string;
  readonly job: string;
}

/**
 * Workers that a job may take with it before it is set aside. Some die beside it, and one that has just started holds its
 * first jobs for longer than they take: where workers die all the time, three are no proof.
 */
export const usualDeaths = 6;
