import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NdArray } from '@wtilde/core-types';
import { type Fields, requireField } from '@wtilde/data';
import { readNpzFile } from '@wtilde/data/node';
import { test } from 'vitest';
import type { MaskOutline } from '../src/index.js';

const large = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const small = fileURLToPath(new URL('../../../golden/', import.meta.url));

/** The golden files beside the repository, or the small ones in it. */
const folder = process.env.WTILDE_GOLDEN ?? (existsSync(large) ? `${large}golden` : small.replace(/\/$/, ''));

/** Where the datasets of the golden files are. */
export const dataFolder: string = existsSync(large) ? `${large}data` : `${small}data`;

/** A golden dataset with what it was made with. */
export interface GoldenLens {
  /** sma or alma-high-res. */
  readonly name: string;
  readonly fields: Fields;
  readonly outline: MaskOutline;
  readonly pixelScale: number;
  readonly meshShape: readonly [number, number];
}

const lenses = [
  { file: 'sma.npz', radius: 3, pixelScale: 0.2, cells: 26 },
  { file: 'alma-high-res.npz', radius: 2, pixelScale: 0.05, cells: 34 },
];

/** A test on each golden lens beside the repository; a visible skip where it is not there. */
export function testWithGoldenLenses(name: string, run: (lens: GoldenLens) => void | Promise<void>): void {
  for (const { file, radius, pixelScale, cells } of lenses) {
    const path = `${folder}/${file}`;
    if (!existsSync(path)) {
      test.skip(`${file}: ${name} [${file} is not there]`);
      continue;
    }
    test(`${file}: ${name}`, async () => {
      const outline = { centre: [0, 0], innerRadius: 0, outerRadius: radius } as const;
      await run({
        name: file.replace('.npz', ''),
        fields: await readNpzFile(path),
        outline,
        pixelScale,
        meshShape: [cells, cells],
      });
    });
  }
}

/** A test on a golden archive beside the repository; a visible skip where it is not there. */
export function testWithGoldenNpz(file: string, name: string, run: (fields: Fields) => void | Promise<void>): void {
  const path = `${folder}/${file}`;
  if (!existsSync(path)) test.skip(`${file}: ${name} [${file} is not there]`);
  else test(`${file}: ${name}`, async () => await run(await archive(path)));
}

const archives = new Map<string, Promise<Fields>>();

/** A golden archive that is there. */
export function goldenArchive(file: string): Promise<Fields> {
  return archive(`${folder}/${file}`);
}

/** Read once for the tests of a file. */
function archive(path: string): Promise<Fields> {
  const read = archives.get(path) ?? readNpzFile(path);
  archives.set(path, read);
  return read;
}

/** A test on the values of PyAutoLens by the name of their files; a visible skip where they are not there. */
export function testWithPyautolens(
  file: string,
  name: string,
  run: (arrays: Fields, facts: unknown) => void | Promise<void>,
): void {
  const path = `${folder}/pyautolens/${file}`;
  if (!existsSync(`${path}.npz`)) test.skip(`${file}: ${name} [pyautolens/${file}.npz is not there]`);
  else {
    test(`${file}: ${name}`, async () => {
      await run(await readNpzFile(`${path}.npz`), JSON.parse(readFileSync(`${path}.json`, 'utf8')));
    });
  }
}

/** A test on a golden file of JSON beside the repository; a visible skip where it is not there. */
export function testWithGoldenJson(file: string, name: string, run: (golden: unknown) => void | Promise<void>): void {
  const path = `${folder}/${file}`;
  if (!existsSync(path)) test.skip(`${file}: ${name} [${file} is not there]`);
  else test(`${file}: ${name}`, () => run(JSON.parse(readFileSync(path, 'utf8'))));
}

/** The path of a golden file. */
export function goldenFile(file: string): string {
  return `${folder}/${file}`;
}

export function realIn(fields: Fields, name: string): NdArray<'real'> {
  return requireField(fields, `in.${name}`, 'real');
}

export function indexIn(fields: Fields, name: string): NdArray<'index'> {
  return requireField(fields, `in.${name}`, 'index');
}
