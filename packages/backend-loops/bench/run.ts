/**
 * Runs all benchmarks in one go and writes `results.json` and `results.md` beside this file. Needs the build. Golden
 * cases are taken from the folder that `WTILDE_GOLDEN` names, by default `shared/golden` beside the repository.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrate, meanOf } from '@wtilde/testkit';
import { goldenFolder } from '@wtilde/testkit/node';
import { bars } from './bars.ts';
import { goldenRows } from './golden.ts';
import { choleskyRows, evidenceRows, generatedRows, wCompactRows } from './large.ts';
import { jobs } from './memory.ts';
import { calibration as peersCalibration, source } from './peers.ts';
import { type Results, report } from './report.ts';
import { compared } from './row.ts';
import { fits } from './scaling.ts';

const cases = ['generated-default', 'sma', 'alma-high-res'];

const folder = goldenFolder();
const available = existsSync(folder) ? readdirSync(folder) : [];
const started = { at: performance.now(), busy: busyMilliseconds() };
const before = calibrate();

const measured = [
  ...cases.flatMap((name) => {
    if (available.includes(`${name}.npz`)) return step(name, () => goldenRows(join(folder, `${name}.npz`)));
    console.error(`no ${name}.npz in ${folder}: left out`);
    return [];
  }),
  ...step('transforms', wCompactRows),
  ...step('the larger generated problem', generatedRows),
  ...step('a likelihood with 1500 source pixels', evidenceRows),
  ...step('factorizations', choleskyRows),
];
const jobRows = step('jobs', jobs);
const growth = step('growth', fits);

const after = calibrate();
const here = meanOf(before, after);
const rows = [...measured, ...jobRows.flatMap(({ rows }) => rows)].map((row) => compared(row, here, peersCalibration));
const peaks = jobRows.map(({ peak }) => peak);
const results: Results = {
  schema: 1,
  date: new Date().toISOString(),
  node: process.versions.node,
  cpu: `${cpus()[0].model.trim()}, ${cpus().length} cores`,
  busyCores: (busyMilliseconds() - started.busy) / (performance.now() - started.at),
  calibration: { before, after, peers: peersCalibration },
  peers: source,
  bars: bars({ rows, peaks, fits: growth, here, there: peersCalibration }),
  rows,
  fits: growth,
  peaks,
};
const text = report(results);
writeFileSync(fileURLToPath(new URL('./results.json', import.meta.url)), `${JSON.stringify(results, rounded, 2)}\n`);
writeFileSync(fileURLToPath(new URL('./results.md', import.meta.url)), text);
console.log(text);

/** What all cores have worked since the machine was started. */
function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** Five digits: the rest is noise, and would be all that changes. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value;
}

function step<T>(name: string, run: () => T): T {
  console.error(`${new Date().toISOString().slice(11, 19)} ${name}`);
  return run();
}
