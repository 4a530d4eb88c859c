// What the scripts know about packages/*: the one table of arrows, and how to find files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** package directory -> the package directories its sources may import. Arrows only point up. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  'core-types': [],
  'backend-reference': ['core-types'],
  numerics: ['core-types'],
  'backend-loops': ['core-types', 'numerics'],
  'backend-wasm': ['core-types', 'numerics'],
  'backend-tfjs': ['core-types', 'numerics'],
  'backend-webgpu': ['core-types', 'numerics'],
  dispatch: ['core-types', 'numerics'],
  data: ['core-types'],
  testkit: ['core-types', 'backend-reference', 'data'],
  bench: [
    'core-types',
    'data',
    'testkit',
    'backend-reference',
    'backend-loops',
    'backend-wasm',
    'backend-tfjs',
    'backend-webgpu',
  ],
  lens: ['core-types', 'numerics', 'dispatch', 'data'],
  cli: [
    'core-types',
    'data',
    'dispatch',
    'lens',
    'backend-reference',
    'backend-loops',
    'backend-wasm',
    'backend-tfjs',
    'backend-webgpu',
    'bench',
  ],
};

const suite = ['backend-reference', 'data', 'testkit'];

/** What tests may import beyond that. backend-reference is tested in testkit, which depends on it. */
export const testArrows: Readonly<Record<string, readonly string[]>> = {
  data: ['backend-reference'],
  numerics: ['data'],
  'backend-loops': suite,
  'backend-wasm': suite,
  lens: ['backend-reference', 'backend-loops', 'backend-wasm'],
  'backend-tfjs': suite,
  'backend-webgpu': [...suite, 'dispatch'],
  dispatch: ['backend-reference', 'backend-loops', 'testkit'],
};

export interface Manifest {
  readonly name: string;
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
    .sort();
}
