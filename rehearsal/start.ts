import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm start` in a fresh clone: it installs behind one line, shows the table, fits the lens, and says where the pictures are. */
export function checkStart(clone: string): void {
  const { status, stdout, stderr } = start(clone);
  const page = join(clone, 'first-look/result/index.html');
  demand(status === 0, `exit code ${status}`, stdout + stderr);
  demand(/^Installing what this needs\.\.\. done in \d+ s$/m.test(stderr), 'no line for the installer', stderr);
  demand(!/Progress: resolved|dependencies:/.test(stdout + stderr), 'the log of the installer', stdout + stderr);
  demand(/reference +loops +wasm[\s\S]*^log evidence/m.test(stdout), 'no table', stdout);
  demand(stdout.includes('first-look/result/index.html') && existsSync(page), 'no page', stdout);
  demand(/^mass\.0\.einsteinRadius +1\.50\d+ +\+- 0\.00\d+$/m.test(stdout), 'no lens', stdout);
  demand(stdout.includes('npm run explore'), 'no way to the explorer', stdout);
}

/** An install that fails: its whole log and an exit code, nothing else. */
export function checkFailingStart(clone: string): void {
  const file = join(clone, 'package.json');
  const manifest = readFileSync(file, 'utf8');
  writeFileSync(file, manifest.replace('"vite": "', '"vite": "0'));
  try {
    const { status, stdout, stderr } = start(clone);
    demand(status !== 0, 'exit code 0', stdout + stderr);
    demand(/failed after \d+ s:[\s\S]*OUTDATED_LOCKFILE/.test(stderr), 'no log of the installer', stderr);
    demand(!stdout.includes('evidence'), 'it goes on', stdout);
  } finally {
    writeFileSync(file, manifest);
  }
}

function start(cwd: string): Said {
  return spawnSync('npm', ['start'], { cwd, encoding: 'utf8' });
}

function demand(holds: boolean, wrong: string, said: string): void {
  if (!holds) throw new Error(`${wrong}:\n${said}`);
}
