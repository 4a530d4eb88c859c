// Runs the tests of every package through turbo and adds up their reports, replayed ones included.
// Arguments go to turbo: `npm test -- --filter=@wtilde/backend-loops`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { findBrowser } from '../browser/test/browser.ts';
import { softwareVulkan } from './softwareVulkan.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/** Golden data live outside the repository, where turbo does not look: this puts them in its hash. */
function digest(folder: string): string {
  if (!existsSync(folder)) return 'absent';
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    const { size, mtimeMs } = statSync(`${folder}/${name}`);
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const folders = [...readdirSync('packages').map((name) => `packages/${name}`), 'browser'];
const reports = folders.map((folder) => `${folder}/.cache/test-report.json`);
for (const file of reports) rmSync(file, { force: true });

const vulkan = softwareVulkan();
const { status } = spawnSync('turbo', ['run', 'test', '--continue=dependencies-successful', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...vulkan.environment,
    TURBO_TELEMETRY_DISABLED: '1',
    WTILDE_GOLDEN_DIGEST: digest('../shared/golden'),
    // A test that was skipped for want of a browser or a GPU must run when there is one.
    WTILDE_BROWSER: findBrowser() ?? '',
    WTILDE_VULKAN: vulkan.what,
  },
});

let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of reports.filter((report) => existsSync(report))) {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}
// A file that does not even load, or a package without tests, fails without a failed test.
if (status !== 0 && failed === 0) failed = 1;

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
