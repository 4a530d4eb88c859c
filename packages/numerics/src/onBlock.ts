import { type RunContext, throwIfAborted } from '@wtilde/core-types';

/** Called between the blocks of long work with what is done and what there is to do. */
export type OnBlock = (done: number, total: number) => void;

/** What to do between the blocks of a long sum: report progress, stop when aborted. */
export function onBlockOf({ options }: RunContext, kernel: string): OnBlock {
  const { signal, onProgress } = options;
  return (done, total) => {
    onProgress?.(done, total);
    throwIfAborted(signal, kernel);
  };
}
