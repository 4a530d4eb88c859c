import { existsSync } from 'node:fs';
import { test } from 'vitest';

const folder = new URL('../../../../shared/', import.meta.url);

/** A file of the shared folder beside the repository. */
export function sharedFile(path: string): URL {
  return new URL(path, folder);
}

/** A test that reads files of the shared folder; a visible skip where they are not there. */
export function testWithShared(name: string, paths: readonly string[], run: () => Promise<void> | void): void {
  const absent = paths.filter((path) => !existsSync(sharedFile(path)));
  if (absent.length === 0) test(name, run);
  else test.skip(`${name} [skipped: ../shared/${absent.join(', ../shared/')} is not there]`, run);
}
