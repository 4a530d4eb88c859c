// Shows, in a copy of the repository, that a kernel is added by new files alone: one descriptor and
// one file per backend, those in scripts/prove-add-kernel.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readJson } from './workspace.ts';

const added = 'scripts/prove-add-kernel';
const kernel = 'scaledImageFrom';
const made = new Set(['.cache', '.git', '.turbo', 'dist', 'node_modules']);
const copy = mkdtempSync(join(tmpdir(), 'wtilde-kernel-'));

function run(command: string, ...args: readonly string[]): void {
  console.log(`$ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The tests about the new kernel; a filter that matches nothing would pass, so they are counted. */
function runTests(directory: string): number {
  const root = `packages/${directory}`;
  run('pnpm', '--silent', '--dir', root, 'test', '-t', kernel);
  const report = readJson<{ numPassedTests: number }>(join(copy, root, '.cache/test-report.json'));
  if (report.numPassedTests === 0) throw new Error(`${directory}: no test of ${kernel} ran`);
  return report.numPassedTests;
}

try {
  cpSync('.', copy, { recursive: true, filter: (source) => !made.has(basename(source)) });
  const news = readdirSync(added, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of news) {
    if (existsSync(join(copy, file))) throw new Error(`${file} exists: choose another kernel`);
    cpSync(join(added, file), join(copy, file));
  }
  run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--silent');
  run('npm', 'run', '-s', 'generate');
  run('npm', 'run', '-s', 'build');
  const passed = runTests('dispatch');
  console.log(`${kernel}: ${news.length} new files, no other edited, ${passed} tests passed`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
