// What a user does: install one packed backend into an empty folder and run a kernel with it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'wtilde-smoke-'));
const run = (command: string, args: readonly string[], cwd: string): void => {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
};

try {
  for (const directory of ['core-types', 'numerics', 'backend-loops']) {
    run('pnpm', ['pack', '--pack-destination', folder], `packages/${directory}`);
  }
  const tarballs = readdirSync(folder).map((file) => `./${file}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], folder);
  cpSync('compat/test/backend.test.js', join(folder, 'backend.test.js'));
  run('node', ['--test'], folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
