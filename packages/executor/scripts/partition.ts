/**
 * Several hosts, and links that are cut: node scripts/partition.ts, as root on Linux, makes network namespaces, cuts their
 * links for longer than locks last, checks every result, and writes docs/executor/partition.json.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bytesOfNumbers, createExecutor, numbersOfBytes } from '@wtilde/executor';
import { end, spawnOn, startServer, startWorker } from './scene.ts';

const lockMs = 3000;
const jobMs = 50;
const port = 7415;
const hosts = ['server', 'command', 'one', 'two'] as const;
type Name = (typeof hosts)[number];
const namespace = (name: string) => `wtilde-${name}`;
const addressOf = (name: Name) => `10.77.0.${1 + hosts.indexOf(name)}`;
const url = `redis://${addressOf('server')}:${port}`;

function ip(line: string): void {
  execFileSync('ip', line.split(' '), { stdio: 'pipe' });
}

/** Every host has a line to one switch, which is in a namespace of its own. */
function build(): void {
  ip(`netns add ${namespace('switch')}`);
  ip(`-n ${namespace('switch')} link add br0 type bridge`);
  ip(`-n ${namespace('switch')} link set br0 up`);
  for (const name of hosts) {
    ip(`netns add ${namespace(name)}`);
    ip(`-n ${namespace('switch')} link add to-${name} type veth peer name eth0 netns ${namespace(name)}`);
    ip(`-n ${namespace(name)} addr add ${addressOf(name)}/24 dev eth0`);
    for (const device of ['eth0', 'lo']) ip(`-n ${namespace(name)} link set ${device} up`);
    ip(`-n ${namespace('switch')} link set to-${name} up`);
    heal(name);
  }
}

/** Nobody is told: packets are lost. */
function cut(name: Name): void {
  ip(`-n ${namespace('switch')} link set to-${name} nomaster`);
}

function heal(name: Name): void {
  ip(`-n ${namespace('switch')} link set to-${name} master br0`);
}

function tearDown(): void {
  for (const name of [...hosts, 'switch']) {
    try {
      ip(`netns del ${namespace(name)}`);
    } catch {
      // It was not there.
    }
  }
}

/** What runs on the host of the command: how long, and how many results were wrong. */
async function command(count: number): Promise<void> {
  const tasks = { waiting: new URL('./waiting.ts', import.meta.url) };
  const executor = await createExecutor(`bullmq:${url}`, { tasks, version: 'script' });
  const crew = await executor.start({ task: 'waiting', dataset: {}, settings: '' });
  const jobs = Array.from({ length: count }, (_, i) => bytesOfNumbers([jobMs, i]));
  const started = performance.now();
  const outcomes = (await crew.map(jobs)) ?? [];
  const right = ({ result }: (typeof outcomes)[number], i: number) =>
    result !== undefined && String(numbersOfBytes(result)) === String([jobMs, i]);
  const wrong = count - outcomes.filter(right).length;
  console.log(
    JSON.stringify({ jobs: count, seconds: Number(((performance.now() - started) / 1000).toFixed(1)), wrong }),
  );
  await executor.close();
}

async function scene(name: string, count: number, play: () => Promise<void>) {
  build();
  const server = await startServer(port, namespace('server'));
  const workers = [
    await startWorker(url, 2, lockMs, namespace('one')),
    await startWorker(url, 2, lockMs, namespace('two')),
  ];
  const program = fileURLToPath(import.meta.url);
  const caller = spawnOn(namespace('command'), process.execPath, [program, String(count)], 'inherit');
  let text = '';
  caller.stdout?.on('data', (data: Buffer) => {
    text += data;
  });
  const ended = once(caller, 'exit');
  await wait(2000);
  await play();
  await ended;
  for (const child of [...workers, server]) await end(child);
  tearDown();
  const result: { readonly wrong?: number } = { scene: name, ...JSON.parse(text || '{}') };
  console.log(result);
  return result;
}

const [count] = process.argv.slice(2);
if (count !== undefined) await command(Number(count));
else {
  tearDown();
  try {
    const results = [
      await scene('a worker is cut off for 10 s; then the other one, until the end', 800, async () => {
        cut('one');
        await wait(10_000);
        heal('one');
        await wait(1000);
        cut('two');
      }),
      await scene('the command is cut off for 10 s', 800, async () => {
        cut('command');
        await wait(10_000);
        heal('command');
      }),
      await scene('the server is cut off for 75 s: connections are given up, and made anew', 800, async () => {
        cut('server');
        await wait(75_000);
        heal('server');
      }),
    ];
    const record = { lockMs, jobMs, workers: 2, threads: 2, scenes: results };
    const file = new URL('../../../docs/executor/partition.json', import.meta.url);
    writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
    process.exitCode = results.every(({ wrong }) => wrong === 0) ? 0 : 1;
  } finally {
    tearDown();
  }
}
