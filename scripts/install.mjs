// Runs before `npm start` and `npm test`, so that both work on a fresh clone: plain JavaScript, because nothing but the
// machine's own Node (20 or later) is there yet.
import { existsSync, readFileSync } from 'node:fs';
import { oneLine } from './oneLine.mjs';

const installed = 'node_modules/.pnpm/lock.yaml';
const isCurrent = existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync('pnpm-lock.yaml', 'utf8');

if (!isCurrent) {
  const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'));
  await oneLine('Installing what this needs', `npx -y ${packageManager} install --frozen-lockfile`, packages);
}

/** As pnpm counts: `Progress: resolved 620, reused 600, downloaded 20, added 480`. */
function packages(log) {
  const [, resolved, added] = log.match(/.*Progress: resolved (\d+).*added (\d+)/s) ?? [];
  return added === undefined ? '' : `${added} of ${resolved} packages`;
}
