/**
 * Many visibilities, summed by one process and by many: node scripts/visibilities.ts FOLDER [COUNT] writes a dataset of them
 * into FOLDER (48 bytes each, removed afterwards), prepares it in every way, compares the files bit for bit, and writes
 * docs/executor/visibilities.json.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { complex, real } from '@wtilde/core-types';
import { createRandom, type Visibilities } from '@wtilde/data';
import { writeVisibilityStream } from '@wtilde/data/node';
import { end, startServer, startWtildeWorker } from './scene.ts';

const [folder, countText = '1e8'] = process.argv.slice(2);
if (folder === undefined) throw new Error('node scripts/visibilities.ts FOLDER [COUNT]');
const count = Number(countText);
const data = join(folder, 'dataset');
const partCount = 16;
const port = 7413;
const url = `redis://127.0.0.1:${port}`;
const program = fileURLToPath(new URL('../../cli/bin/wtilde.js', import.meta.url));
const sky = ['--mask-radius', '3', '--pixel-scale', '0.05', '--shape', '200'];

async function* chunks(): AsyncGenerator<Visibilities> {
  const random = createRandom('visibilities');
  const size = 2 ** 17;
  for (let first = 0; first < count; first += size) {
    const rows = Math.min(size, count - first);
    const numbers = (scale: number) => Float64Array.from({ length: 2 * rows }, () => scale * (random.uniform() - 0.5));
    const noise = Float64Array.from({ length: rows }, () => 0.5 + random.uniform());
    const noiseMap = complex(Float64Array.from({ length: 2 * rows }, (_, lane) => noise[lane >> 1]));
    yield { data: complex(numbers(2)), noiseMap, uvWavelengths: real(numbers(2e6), [rows, 2]) };
  }
}

/** Seconds of a `wtilde prepare`, and the hash of the file that it leaves, if any. */
async function prepare(how: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const out = join(folder, 'prepared.npz');
  const given = [program, 'prepare', '--data', data, ...sky, '--out', out, '--force', ...how];
  const started = performance.now();
  await promisify(execFile)(process.execPath, given, { env: { ...process.env, ...env } });
  return { out, seconds: Number(((performance.now() - started) / 1000).toFixed(1)) };
}

const results: { readonly how: string; readonly seconds: number; readonly sha256: string }[] = [];
function keep(how: string, { out, seconds }: { readonly out: string; readonly seconds: number }): void {
  results.push({ how, seconds, sha256: createHash('sha256').update(readFileSync(out)).digest('hex') });
  rmSync(out);
  console.log(results.at(-1));
}

try {
  await writeVisibilityStream(data, chunks(), () => ({}), { makeFolder: true, overwrite: true });
  keep('one process', await prepare([]));
  keep('threads:2', await prepare(['--executor', 'threads:2']));

  const array = ['--executor', `array:${join(folder, 'parts')}`];
  let seconds = 0;
  // The last first: nothing depends on their order.
  for (let index = partCount - 1; index >= 0; index--) {
    const environment = { WTILDE_ARRAY_INDEX: String(index), WTILDE_ARRAY_COUNT: String(partCount) };
    seconds += (await prepare(array, environment)).seconds;
  }
  const last = await prepare(array);
  keep(`array of ${partCount} parts, one after the other`, {
    ...last,
    seconds: Number((seconds + last.seconds).toFixed(1)),
  });

  const server = await startServer(port);
  const workers = [await startWtildeWorker(url), await startWtildeWorker(url)];
  keep('bullmq, two workers of one thread', await prepare(['--executor', `bullmq:${url}`]));
  for (const child of [...workers, server]) await end(child);
} finally {
  rmSync(data, { recursive: true, force: true });
  rmSync(join(folder, 'parts'), { recursive: true, force: true });
}
const equal = results.every(({ sha256 }) => sha256 === results[0].sha256);
const record = { visibilities: count, equal, results };
writeFileSync(
  new URL('../../../docs/executor/visibilities.json', import.meta.url),
  `${JSON.stringify(record, undefined, 2)}\n`,
);
process.exitCode = equal ? 0 : 1;
