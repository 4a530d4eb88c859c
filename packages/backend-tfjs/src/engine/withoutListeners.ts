const watched: ReadonlySet<unknown> = new Set(['uncaughtException', 'unhandledRejection']);

/**
 * Starts something that listens for errors of the whole process, as Emscripten does to throw them again: that is not an
 * engine's business. Its listeners are told from those that the application adds meanwhile by the asynchronous context
 * in which they are added, and removed at once.
 */
export async function withoutListeners<R>(start: () => Promise<R>): Promise<R> {
  const process: NodeJS.Process | undefined = globalThis.process;
  const hooks = process?.getBuiltinModule?.('node:async_hooks');
  if (hooks === undefined) return await start();
  const here = new hooks.AsyncLocalStorage<boolean>();
  const onListener = (event: string | symbol, listener: (...args: unknown[]) => void) => {
    if (!here.getStore() || !watched.has(event)) return;
    // It is told of listeners before they are there.
    queueMicrotask(() => Reflect.apply(process.removeListener, process, [event, listener]));
  };
  process.on('newListener', onListener);
  try {
    return await here.run(true, start);
  } finally {
    process.off('newListener', onListener);
  }
}
