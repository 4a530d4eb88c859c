// Runs before `npm start` and `npm test`, so that both work on a fresh clone: plain JavaScript,
// because nothing but the machine's own Node (20 or later) is there yet.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const installed = 'node_modules/.pnpm/lock.yaml';
const isCurrent = existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync('pnpm-lock.yaml', 'utf8');

if (!isCurrent) {
  const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'));
  execSync(`npx -y ${packageManager} install --frozen-lockfile`, { stdio: 'inherit' });
}
