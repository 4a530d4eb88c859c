import { type RunContext, throwIfAborted } from '@wtilde/core-types';

/** What to do between the blocks of a long sum: report progress, stop when aborted. */
export function onBlockOf({ options }: RunContext, kernel: string): (done: number, total: number) => void {
  const { signal, onProgress } = options;
  return (done, total) => {
    onProgress?.(done, total);
    throwIfAborted(signal, kernel);
  };
}
