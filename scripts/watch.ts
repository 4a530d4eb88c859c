// The fast loop of one kernel: npm run watch -- loops dataVectorFrom
// Its generated tests on one backend, again whenever a file that they read is saved. Further arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { remedyByName } from '../packages/core-types/src/nearest.ts';
import { isBackend, kernelNames, packageDirectories } from './workspace.ts';

const [backend = '', kernel = '', ...rest] = process.argv.slice(2);
const directory = `backend-${backend}`;
const ids = packageDirectories()
  .filter(isBackend)
  .map((name) => name.slice('backend-'.length));
if (!ids.includes(backend)) refuse(`there is no backend '${backend}'`, backend, ids);
const known = kernelNames(directory);
if (kernel !== '' && !known.includes(kernel)) refuse(`${backend} has no kernel '${kernel}'`, kernel, known);
// The suite of the reference lies in testkit, which depends on it.
const file = backend === 'reference' ? 'test/reference.test.ts' : 'test/equivalence.test.ts';
const cwd = `packages/${backend === 'reference' ? 'testkit' : directory}`;
if (!existsSync(`${cwd}/${file}`)) throw new Error(`${cwd} has no ${file}`);
// A whole word: dataVectorFrom is no part of another's name.
const only = kernel === '' ? [] : ['--testNamePattern', `\\b${kernel}\\b`];
const args = ['--config', '../../vitest.config.ts', '--root', '.', '--reporter', 'default', file, ...only, ...rest];
const { status } = spawnSync('vitest', args, { cwd, stdio: 'inherit' });
process.exitCode = status ?? 1;

/** In one line: what is wrong, what was meant, how it is used. */
function refuse(what: string, name: string, names: readonly string[]): never {
  const all =
    names.length > 10 ? `one of the files of packages/${directory}/src/kernels` : `one of ${names.join(', ')}`;
  console.error(`${what}: ${remedyByName(name, names, `use ${all}`)}. npm run watch -- BACKEND [KERNEL]`);
  process.exit(2);
}
