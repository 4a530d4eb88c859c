import type { AbortSignalLike } from '@wtilde/core-types';

/** Calls back once when a signal is aborted; the function that it returns stops that. */
export type AbortWatch = (signal: AbortSignalLike | undefined, run: () => void) => () => void;

/**
 * Watches signals, each with one listener however many calls it has: platforms warn of many. A signal that tells nobody
 * is only asked before a call.
 */
export function createAbortWatch(): AbortWatch {
  const watched = new Map<AbortTarget, { readonly runs: Set<() => void>; readonly listener: () => void }>();

  function forget(signal: AbortTarget, run: () => void): void {
    const known = watched.get(signal);
    if (known === undefined) return;
    known.runs.delete(run);
    if (known.runs.size > 0) return;
    signal.removeEventListener('abort', known.listener);
    watched.delete(signal);
  }

  return (signal, run) => {
    if (signal === undefined || !isTarget(signal)) return () => {};
    // A function of its own, so that one may be given twice.
    const own = () => run();
    const known = watched.get(signal);
    if (known !== undefined) known.runs.add(own);
    else {
      const runs = new Set([own]);
      const listener = () => {
        for (const each of [...runs]) each();
      };
      watched.set(signal, { runs, listener });
      signal.addEventListener('abort', listener);
    }
    return () => forget(signal, own);
  };
}

interface AbortTarget extends AbortSignalLike {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

function isTarget(signal: AbortSignalLike): signal is AbortTarget {
  return 'addEventListener' in signal && typeof signal.addEventListener === 'function';
}
