// Shows, in a copy of the repository, that a kernel is added by new files alone: one descriptor and one file
// per backend, those in scripts/prove-add-kernel. The whole type-checks, backends have it because the file is there,
// and its equivalence tests generate themselves. What counts or lists kernels follows.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { reportFile, type TestReport } from './testReport.ts';
import { readJson } from './workspace.ts';

const added = 'scripts/prove-add-kernel';
const kernel = 'scaledImageFrom';
/** Where the kernel is held against the reference. */
const tested = ['packages/backend-loops', 'packages/backend-tfjs'];
const made = new Set(['.cache', '.git', '.turbo', 'dist', 'node_modules']);
const copy = mkdtempSync(join(tmpdir(), 'wtilde-kernel-'));

function run(command: string, ...args: readonly string[]): void {
  console.log(`$ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] });
}

try {
  cpSync('.', copy, { recursive: true, filter: (source) => !made.has(basename(source)) });
  const files = readdirSync(added, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of files) {
    if (existsSync(join(copy, file))) throw new Error(`${file} exists: choose another kernel`);
    cpSync(join(added, file), join(copy, file));
  }
  run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--silent');
  run('npm', 'run', '-s', 'generate');
  run('npm', 'run', '-s', 'typecheck');
  run('npm', 'run', '-s', 'check:structure');
  for (const directory of tested) {
    run('pnpm', '--silent', '--dir', directory, 'test', 'equivalence', '-t', kernel);
    const { passed } = readJson<TestReport>(join(copy, directory, reportFile));
    if (passed === 0) throw new Error(`${directory}: no equivalence test of ${kernel} generated itself`);
    console.log(`${kernel}: ${passed} generated tests passed in ${directory}`);
  }
  run('pnpm', '--silent', '--dir', 'packages/backend-loops', 'test', kernel);
  run('pnpm', '--silent', '--dir', 'packages/core-types', 'test');
  console.log(`${kernel}: added without editing a file`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
