import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

/**
 * A file or folder of the golden files: those beside the repository, or the small ones in it. Undefined where neither
 * has it.
 */
export function goldenPath(file: string): string | undefined {
  const folders = ['../../../../shared/', '../../../golden/'];
  const inFolder = [file, file.replace(/^golden\//, '')];
  const places = folders.map((folder, i) => fileURLToPath(new URL(`${folder}${inFolder[i]}`, import.meta.url)));
  return places.find((place) => existsSync(place));
}

/** A test on a golden dataset; a visible skip where it is not there. */
export function testWithGolden(file: string, name: string, run: (path: string) => Promise<void>): void {
  const path = goldenPath(`golden/${file}`);
  if (path !== undefined) test(`${file}: ${name}`, () => run(path));
  else test.skip(`${file}: ${name} [${file} is not there]`);
}
