/** What packages/executor/deploy says to clusters, run as far as it can be without one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createExecutor } from '@wtilde/executor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { tasks } from '../src/tasks/index.js';
import { expectRefused, invoke, invokeWith } from './invoke.js';
import { onServer } from './onServer.js';

const deploy = new URL('../../executor/deploy/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, deploy), 'utf8');
const program = fileURLToPath(new URL('../bin/wtilde.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wtilde-deploy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const sky = ['--mask-radius', '3', '--pixel-scale', '0.05', '--shape', '200'];

beforeAll(async () => {
  const mass = [{ type: 'Isothermal', einsteinRadius: 1.2 }];
  writeFileSync(at('lens.json'), JSON.stringify({ mass, light: [{ type: 'Gaussian', intensity: 1, sigma: 0.25 }] }));
  const given = ['--lens', at('lens.json'), '--out', at('alma'), '--visibilities', '300', '--noise', '0.5'];
  expect((await invoke('simulate', ...sky, ...given)).code).toBe(0);
  expect((await invoke('prepare', '--data', at('alma'), ...sky, '--out', at('one.npz'))).code).toBe(0);
});

/** The arguments of a worker, all of which it understands: only its server is not there. */
async function expectWorker(given: readonly string[]): Promise<void> {
  const connect = given.indexOf('--connect') + 1;
  expect(given[connect]).toBe('redis://server:6379');
  expectRefused(await invoke('worker', ...given.with(connect, 'redis://127.0.0.1:1')), /no server answers/);
}

test('Dockerfile: a worker', async () => {
  const [entry, given] = ['ENTRYPOINT', 'CMD'].map((word) =>
    JSON.parse(new RegExp(`^${word} (.*)$`, 'm').exec(textOf('Dockerfile'))?.[1] ?? ''),
  );
  expect(entry).toEqual(['wtilde', 'worker']);
  await expectWorker(given);
});

test('compose.yaml: workers of the image beside it', async () => {
  const { worker, server } = parse(textOf('compose.yaml')).services;
  await expectWorker(worker.command.split(' '));
  expect(worker.build).toBe('.');
  expect(worker.depends_on).toEqual(['server']);
  expect(server.image).toMatch(/^valkey\/valkey:/);
});

onServer((openServer) => {
  test('compose.yaml: a server that will do', async () => {
    const [name, ...settings]: readonly string[] = parse(textOf('compose.yaml')).services.server.command.split(' ');
    expect(name).toBe('valkey-server');
    const server = await openServer(settings.map((each) => (each === '""' ? '' : each)));
    const executor = await createExecutor(`bullmq:${server.url}`, { tasks, version: 'test' });
    await executor.close();
    await server.stop();
  });
});

test('kubernetes.yaml: parts, and the last step', async () => {
  const { spec } = parse(textOf('kubernetes.yaml'));
  const [container] = spec.template.spec.containers;
  const env: Readonly<Record<string, string>> = Object.fromEntries(
    container.env.map(({ name, value }: Readonly<Record<string, string>>) => [name, value]),
  );
  expect(spec.completionMode).toBe('Indexed');
  expect(env.WTILDE_ARRAY_COUNT).toBe(String(spec.completions));
  const [name, ...given]: readonly string[] = [...container.command, ...container.args];
  expect(name).toBe('wtilde');
  // As in the folder of the volume.
  const moved = given.map((each) => {
    if (each.startsWith('array:')) return `array:${at(each.slice('array:'.length))}`;
    return ['alma', 'alma.npz'].includes(each) ? at(each) : each;
  });
  for (let index = 0; index < spec.completions; index++) {
    const { code, out } = await invokeWith({ ...env, JOB_COMPLETION_INDEX: String(index) }, ...moved);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/this part is done/) });
  }
  expect((await invoke(...moved)).code).toBe(0);
  expect(readFileSync(at('alma.npz')).equals(readFileSync(at('one.npz')))).toBe(true);
});

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('with bash', () => {
  test('slurm.sh: parts, and the last step that the first of them asks for', () => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    const tool = (name: string, lines: string) => {
      writeFileSync(join(bin, name), `#!/bin/bash\n${lines}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    tool('npx', `[ "$1" = wtilde ] && shift && exec '${process.execPath}' '${program}' "$@"`);
    tool('sbatch', `printf '%s\\0' "$@" >> '${at('sbatch')}'`);
    const env = {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      SLURM_ARRAY_TASK_MIN: '0',
      SLURM_ARRAY_TASK_COUNT: '16',
      SLURM_ARRAY_JOB_ID: '77',
    };
    const run = (id: number, given: readonly string[]) =>
      execFileSync('bash', given, { cwd: folder, env: { ...env, SLURM_ARRAY_TASK_ID: String(id) }, encoding: 'utf8' });
    rmSync(at('alma.npz'), { force: true });
    rmSync(at('parts'), { recursive: true, force: true });
    const script = fileURLToPath(new URL('slurm.sh', deploy));
    expect(run(15, [script])).toMatch(/this part is done/);
    expect(existsSync(at('sbatch'))).toBe(false);
    expect(run(0, [script])).toMatch(/this part is done/);
    const [dependency, wrap, last] = readFileSync(at('sbatch'), 'utf8').split('\0');
    expect([dependency, wrap]).toEqual(['--dependency=afterok:77', '--wrap']);
    // It inherits the environment of the part.
    run(0, ['-c', last]);
    expect(readFileSync(at('alma.npz')).equals(readFileSync(at('one.npz')))).toBe(true);
  });
});
