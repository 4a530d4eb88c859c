import { candidates } from '../backends/candidates.js';

/** Every backend that the command line knows of, installed or not. */
export async function backendIds(): Promise<readonly string[]> {
  return candidates.map(({ id }) => id);
}
