import type { Tasks } from './work/work.js';

export interface ExecutorOptions {
  /** What can be run, by name. Workers on other machines must know the same. */
  readonly tasks: Tasks;
  /** Of the program: results of different versions never meet. */
  readonly version: string;
  /** Told what a user should know while waiting, such as that no worker is there. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** How long a server that does not answer is waited for. Default 60 s. */
  readonly patienceMs?: number | undefined;
  /** Of an array: where its index is looked up. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}
