// Shows, in a copy of the repository, that a kernel is added by new files alone: one descriptor and one file
// per backend, those in scripts/prove-add-kernel. Its equivalence tests generate themselves.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readJson } from './workspace.ts';

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const added = 'scripts/prove-add-kernel';
const kernel = 'scaledImageFrom';
const made = new Set(['.cache', '.git', '.turbo', 'dist', 'node_modules']);
const copy = mkdtempSync(join(tmpdir(), 'wtilde-kernel-'));

function run(command: string, ...args: readonly string[]): void {
  console.log(`$ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** How many tests of the kernel passed that are not in the test file added for it. */
function generatedTests(directory: string): number {
  const { testResults } = readJson<Report>(join(copy, directory, '.cache/test-report.json'));
  return testResults
    .filter(({ name }) => basename(name) !== `${kernel}.test.ts`)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed').length;
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
  run('npm', 'run', '-s', 'build');
  run('pnpm', '--silent', '--dir', 'packages/backend-loops', 'test', 'equivalence', kernel, '-t', kernel);
  const generated = generatedTests('packages/backend-loops');
  if (generated === 0) throw new Error(`no equivalence test of ${kernel} generated itself`);
  console.log(`${kernel}: added without editing a file, ${generated} generated tests passed`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
