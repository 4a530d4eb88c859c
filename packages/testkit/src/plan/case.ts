/** What a suite intends to do with one method of one kernel on one dataset. */
export interface Case {
  readonly kernel: string;
  /** A method by name, or {@link all} where the kernel is not implemented. */
  readonly method: string;
  /** A dataset by name, or {@link all} where the kernel is not implemented. */
  readonly dataset: string;
  readonly expected: Expected;
  /** Why it does not just run; empty where it does. */
  readonly reason: string;
}

export type Expected =
  | 'run'
  /** The backend has no such kernel. */
  | 'not-implemented'
  /** The method says that it cannot run at these sizes. */
  | 'refused'
  /** Listed as failing; the suite fails when it does not. */
  | 'known-failure'
  /** Beyond what the reference may cost. */
  | 'too-big'
  /** No dataset holds the inputs of the kernel: nothing tests it. */
  | 'no-data';

/** Stands for every method or every dataset. */
export const all = '*';

/** A failure that its author knows of. Strict: once it passes, the suite fails until the entry is taken out. */
export interface KnownFailure {
  readonly kernel: string;
  /** Every method where left out. */
  readonly method?: string;
  /** Every dataset where left out. */
  readonly dataset?: string;
  /** Which generated check fails. Default: agreement. */
  readonly check?: string;
  readonly reason: string;
}

/** The known failure that a check is, if it is one. */
export function knownFailure(
  known: readonly KnownFailure[],
  at: { readonly kernel: string; readonly method?: string; readonly dataset?: string; readonly check: string },
): KnownFailure | undefined {
  return known.find(
    ({ kernel, method, dataset, check = 'agreement' }) =>
      kernel === at.kernel &&
      check === at.check &&
      (method === undefined || method === at.method) &&
      (dataset === undefined || dataset === at.dataset),
  );
}
