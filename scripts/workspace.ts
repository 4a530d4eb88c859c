// What the scripts know about packages/* and apps/*: the one list of packages, and how to find files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Rules {
  /** The packages that its sources may import. Arrows only point up the table. */
  readonly imports: readonly string[];
  /** What its tests may import beyond that. */
  readonly tests?: readonly string[];
  /** kB that it may take, packed: who grows beyond it says so by raising its number. */
  readonly kilobytes: number;
}

const suite = ['backend-reference', 'data', 'testkit'];
const backends = ['backend-reference', 'backend-loops', 'backend-wasm', 'backend-tfjs', 'backend-webgpu'];

/**
 * Every package, by its directory: the one list that a new package is added to. What else names them all is written from
 * it by `npm run generate` (references of tsconfig.json, typedoc.json, pages of docs) or checked by `npm run
 * check:structure` (their own references, README.md).
 */
export const packages: Readonly<Record<string, Rules>> = {
  'core-types': { imports: [], kilobytes: 100 },
  // Tested in testkit, which depends on it.
  'backend-reference': { imports: ['core-types'], kilobytes: 30 },
  numerics: { imports: ['core-types'], tests: ['data'], kilobytes: 100 },
  'backend-loops': { imports: ['core-types', 'numerics'], tests: suite, kilobytes: 110 },
  'backend-wasm': { imports: ['core-types', 'numerics'], tests: suite, kilobytes: 130 },
  'backend-tfjs': { imports: ['core-types', 'numerics'], tests: suite, kilobytes: 30 },
  'backend-webgpu': { imports: ['core-types', 'numerics'], tests: [...suite, 'dispatch'], kilobytes: 80 },
  dispatch: {
    imports: ['core-types', 'numerics'],
    tests: ['backend-reference', 'backend-loops', 'testkit'],
    kilobytes: 50,
  },
  data: { imports: ['core-types'], tests: ['backend-reference'], kilobytes: 300 },
  testkit: { imports: ['core-types', 'backend-reference', 'data'], kilobytes: 100 },
  lens: {
    imports: ['core-types', 'numerics', 'dispatch', 'data'],
    tests: ['backend-reference', 'backend-loops', 'backend-wasm'],
    kilobytes: 260,
  },
  figures: { imports: ['core-types', 'data', 'lens'], tests: ['backend-loops'], kilobytes: 100 },
  fit: { imports: ['core-types', 'data', 'lens'], tests: ['backend-loops'], kilobytes: 95 },
  executor: { imports: ['core-types', 'data'], kilobytes: 40 },
  bench: { imports: ['core-types', 'data', 'lens', 'figures', 'testkit', ...backends], kilobytes: 45 },
  // Most of it is the page of wtilde explore.
  cli: {
    imports: ['core-types', 'data', 'dispatch', 'lens', 'figures', 'fit', 'executor', ...backends, 'bench'],
    kilobytes: 550,
  },
};

/**
 * MB on the disk that `npm install` of a package alone may bring, with everything that it needs: who makes users install
 * more says so by raising its number.
 */
export const megabytes: Readonly<Record<string, number>> = {
  'core-types': 0.6,
  'backend-reference': 0.8,
  numerics: 1,
  'backend-loops': 1.2,
  'backend-wasm': 1.3,
  'backend-tfjs': 70,
  'backend-webgpu': 1.4,
  dispatch: 1,
  data: 2,
  testkit: 4.5,
  lens: 4.5,
  figures: 8,
  fit: 5,
  // Of bullmq, which brings luxon.
  executor: 16,
  bench: 11,
  cli: 11,
};

/** What it is called on a registry. */
export function packageName(directory: string): string {
  return directory === 'cli' ? 'wtilde' : `@wtilde/${directory}`;
}

export interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export function packageDirectories(): string[] {
  return readdirSync('packages').sort();
}

/** Applications: pages made of the packages, which are not published. There may be none. */
export function appDirectories(): string[] {
  return existsSync('apps') ? readdirSync('apps').sort() : [];
}

export function isBackend(directory: string): boolean {
  return directory.startsWith('backend-');
}

export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** Every TypeScript file below a folder, as paths from the root of the repository. */
export function sourcesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`)
    .sort();
}

/** The kernels a package has: one file each in src/kernels, named like the kernel. */
export function kernelNames(directory: string): string[] {
  const folder = `packages/${directory}/src/kernels`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)); // as biome orders exports
}
