import { readFile } from 'node:fs/promises';
import { WtildeError } from '@wtilde/core-types';

/** The text of a file or pipe; throws FileUnreadable. */
export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new WtildeError('FileUnreadable', {
      what: 'the file cannot be read',
      where: path,
      actual: cause instanceof Error ? cause.message : String(cause),
      remedy: 'check the path and its permissions',
      cause,
    });
  }
}
