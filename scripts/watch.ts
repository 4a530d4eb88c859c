// The fast loop of one kernel: npm run watch -- loops dataVectorFrom
// Its generated tests on one backend, again whenever a file that they read is saved. Further arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isBackend, kernelNames, packageDirectories } from './workspace.ts';

const [backend = '', kernel = '', ...rest] = process.argv.slice(2);
const directory = `backend-${backend}`;
const backends = packageDirectories().filter(isBackend);
if (!backends.includes(directory) || (kernel !== '' && !kernelNames(directory).includes(kernel))) {
  const ids = backends.map((name) => name.slice('backend-'.length)).join(', ');
  console.error(
    `npm run watch -- BACKEND [KERNEL]; backends: ${ids}; kernels: ${kernelNames('core-types').join(', ')}`,
  );
  process.exit(2);
}
// The suite of the reference lies in testkit, which depends on it.
const file = backend === 'reference' ? 'test/reference.test.ts' : 'test/equivalence.test.ts';
const cwd = `packages/${backend === 'reference' ? 'testkit' : directory}`;
if (!existsSync(`${cwd}/${file}`)) throw new Error(`${cwd} has no ${file}`);
// A whole word: dataVectorFrom is no part of another's name.
const only = kernel === '' ? [] : ['--testNamePattern', `\\b${kernel}\\b`];
const args = ['--config', '../../vitest.config.ts', '--root', '.', '--reporter', 'default', file, ...only, ...rest];
const { status } = spawnSync('vitest', args, { cwd, stdio: 'inherit' });
process.exitCode = status ?? 1;
