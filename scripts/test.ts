// Runs the tests of every package through turbo and adds up their reports, replayed ones included.
// Arguments go to turbo: `npm test -- --filter=@wtilde/backend-loops`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { findBrowser } from '../browser/test/browser.ts';
import { softwareVulkan } from './softwareVulkan.ts';
import { reportFile, type TestReport } from './testReport.ts';

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

const below = (folder: string) => readdirSync(folder).map((name) => `${folder}/${name}`);
const folders = [...below('packages'), ...below('apps'), 'browser'];
const reports = folders.map((folder) => `${folder}/${reportFile}`);
for (const file of reports) rmSync(file, { force: true });

/** Packages at a time, and the processes of each, together never more than the cores that this process may use. */
const cores = availableParallelism();
const packagesAtOnce = Math.min(cores, folders.length);
const workersOfEach = Math.floor(cores / packagesAtOnce);

const vulkan = softwareVulkan();
const { status } = spawnSync('turbo', ['run', 'test', '--continue=dependencies-successful', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    TURBO_CONCURRENCY: `${packagesAtOnce}`,
    VITEST_MAX_WORKERS: `${workersOfEach}`,
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
const failures: string[] = [];
const skipped = new Map<string, number>();
for (const file of reports.filter((report) => existsSync(report))) {
  const report = JSON.parse(readFileSync(file, 'utf8')) as TestReport;
  passed += report.passed;
  failures.push(...report.failures.map((failure) => `${file.replace(`/${reportFile}`, '')}: ${failure}`));
  for (const [reason, count] of Object.entries(report.skipped)) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
}
// A package without tests, or one that does not even start, leaves no report.
if (status !== 0 && failures.length === 0) failures.push('turbo ended with an error and no test failed: see above');

const inAll = [...skipped.values()].reduce((sum, count) => sum + count, 0);
for (const [reason, count] of [...skipped].sort(([, a], [, b]) => b - a)) console.log(`${count} skipped: ${reason}`);
// Last, so that nobody has to search for them in the output of all packages.
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed${inAll > 0 ? `, ${inAll} skipped` : ''}`);
process.exitCode = failures.length > 0 ? 1 : 0;
