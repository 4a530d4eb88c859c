import { readFile } from 'node:fs/promises';
import { unreadable } from '@wtilde/data/node';

/** The text of a file or pipe; throws FileUnreadable. */
export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
