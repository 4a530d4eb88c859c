// No event tells that a worker has ended. But a lock that it holds is then free. Locks are there where the page is
// secure, which one on loopback is; elsewhere nothing is told.

/** Worker: holds the lock of its name for as long as it lives. Resolves when it has it. */
export function holdWhileAlive(name: string): Promise<void> {
  return new Promise((resolve) => {
    if (!('locks' in navigator)) return resolve();
    navigator.locks.request(name, () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

/** Page: calls when the worker that holds the lock of this name is gone. */
export function whenGone(name: string, tell: () => void): void {
  if ('locks' in navigator) navigator.locks.request(name, tell);
}
