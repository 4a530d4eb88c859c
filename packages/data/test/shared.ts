import { existsSync } from 'node:fs';
import { test } from 'vitest';

/** The folder beside the repository that has all files, and the one in it that has the small ones. */
const folders = [new URL('../../../../shared/', import.meta.url), new URL('../../../golden/', import.meta.url)];

/** A file of the shared folder beside the repository, `golden/...` or `data/...`, or else the small one in it. */
export function sharedFile(path: string): URL {
  const [large, small] = [new URL(path, folders[0]), new URL(path.replace(/^golden\//, ''), folders[1])];
  return existsSync(large) ? large : small;
}

/** A test that reads such files; a visible skip where they are not there. */
export function testWithShared(name: string, paths: readonly string[], run: () => Promise<void> | void): void {
  const absent = paths.filter((path) => !existsSync(sharedFile(path)));
  if (absent.length === 0) test(name, run);
  else test.skip(`${name} [${absent.join(', ')} is not there]`, run);
}
