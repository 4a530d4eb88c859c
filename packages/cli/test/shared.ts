import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

/** A test on a golden dataset beside the repository; a visible skip where it is not there. */
export function testWithGolden(file: string, name: string, run: (path: string) => Promise<void>): void {
  const path = fileURLToPath(new URL(`../../../../shared/golden/${file}`, import.meta.url));
  if (existsSync(path)) test(`${file}: ${name}`, () => run(path));
  else test.skip(`${file}: ${name} [skipped: ../shared/golden/${file} is not there]`);
}
