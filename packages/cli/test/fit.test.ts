/** `wtilde fit`, `wtilde sample` and `wtilde evidence --lens -`, as they are run: processes, built. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@wtilde/data';
import { readNpzFile } from '@wtilde/data/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, type Outcome } from './invoke.js';

const bin = fileURLToPath(new URL('../bin/wtilde.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wtilde-fit-'));
afterAll(() => rmSync(folder, { recursive: true }));

function spawned(argv: readonly string[], input = ''): Outcome {
  const how = { cwd: folder, encoding: 'utf8', input } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], how);
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** As many times a run is killed: WTILDE_KILLS=20 for the record, fewer for every day. */
const kills = Number(process.env.WTILDE_KILLS ?? 2);

const mask = ['--mask-radius', '2.2', '--pixel-scale', '0.2', '--shape', '24'];
const truth = {
  mass: [{ type: 'Isothermal', einsteinRadius: 1.4, ellComps: [0.1, 0.05] }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }],
};
const model = {
  mass: [{ type: 'Isothermal', einsteinRadius: { uniform: [1, 2] }, ellComps: [{ normal: [0, 0.3] }, 0.05] }],
};
const source = ['--mesh', 'overlay:8x8', '--regularization', 'gradient:1'];
const search = ['--data', 'observed.npz', '--model', 'model.json', ...source];

beforeAll(() => {
  writeFileSync(join(folder, 'lens.json'), JSON.stringify(truth));
  writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
  const simulated = spawned(['simulate', '--lens', 'lens.json', '--out', 'observed', '--visibilities', '200', ...mask]);
  expect(simulated.code, simulated.err).toBe(0);
  const prepared = spawned(['prepare', '--data', 'observed', '--out', 'observed.npz', ...mask]);
  expect(prepared.code, prepared.err).toBe(0);
});

/** A result without what a clock has told. */
function resultIn(text: string): Readonly<Record<string, unknown>> {
  return { ...JSON.parse(text), seconds: 0 };
}

test('a fit to several datasets: one lens, a source for each, and the evidence of both', () => {
  spawned(['simulate', '--lens', 'lens.json', '--out', 'second', '--visibilities', '150', '--seed', '7', ...mask]);
  spawned(['prepare', '--data', 'second', '--out', 'second.npz', ...mask]);
  const both = ['--data', 'observed.npz', '--data', 'second.npz'];
  const how = ['--model', 'model.json', ...source, '--starts', '2', '--out', 'joint', '--json'];
  const { code, out, err } = spawned(['fit', ...both, ...how]);
  expect(code, err).toBe(0);
  const result = JSON.parse(out);
  const coefficient = result.parameters['regularization.coefficient'].value;
  const at = [
    '--lens',
    'joint/lens.json',
    '--mesh',
    'overlay:8x8',
    '--regularization',
    `gradient:${coefficient}`,
    '--json',
  ];
  const joint = JSON.parse(spawned(['evidence', ...both, ...at]).out);
  expect(result.logEvidence).toBeCloseTo(joint.logEvidence, 6);
  expectRefused(
    spawned(['fit', ...both, '--model', 'model.json', ...source, '--executor', 'inline']),
    /several --data/,
  );
});

test('a fit prints the object that is promised, and its lens has that evidence', () => {
  const { code, out, err } = spawned(['fit', ...search, '--starts', '2', '--out', 'fitted', '--json']);
  expect(code, err).toBe(0);
  const result = JSON.parse(out);
  expect(result).toMatchObject({ converged: true, failures: 0, logEvidence: expect.any(Number) });
  expect(Object.keys(result.parameters)).toEqual([
    'mass.0.einsteinRadius',
    'mass.0.ellComps.0',
    'regularization.coefficient',
  ]);
  const { value, sigma } = result.parameters['mass.0.einsteinRadius'];
  expect(Math.abs(value - 1.4)).toBeLessThan(4 * sigma);
  expect(resultIn(readFileSync(join(folder, 'fitted/result.json'), 'utf8'))).toEqual(resultIn(out));
  const coefficient = result.parameters['regularization.coefficient'].value;
  const evidence = spawned([
    ...['evidence', '--data', 'observed.npz', '--lens', 'fitted/lens.json', '--mesh', 'overlay:8x8:natural'],
    ...['--regularization', `gradient:${coefficient}`, '--json'],
  ]);
  expect(JSON.parse(evidence.out).logEvidence).toBeCloseTo(result.logEvidence, 8);
});

test('the number of workers changes nothing', () => {
  const of = (workers: string) =>
    resultIn(spawned(['fit', ...search, '--starts', '2', '--workers', workers, '--json']).out);
  expect(of('3')).toEqual(of('1'));
});

describe.each([
  ['fit', ['--starts', '2']],
  ['sample', ['--effective-samples', '100', '--fix-regularization']],
])('%s', (command, options) => {
  test('is killed at random times, resumed, and comes to the same bits', async () => {
    const whole = spawned([command, ...search, ...options, '--json']);
    expect(whole.code, whole.err).toBe(0);
    const out = `killed-${command}`;
    const argv = [command, ...search, ...options, '--out', out, '--json'];
    const random = createRandom(`kill/${command}`);
    const evaluations = () => {
      const path = join(folder, out, 'checkpoint.json');
      return existsSync(path) ? Number(JSON.parse(readFileSync(path, 'utf8')).evaluations) : 0;
    };
    for (let kill = 0; kill < kills; kill++) {
      const before = evaluations();
      const resume = existsSync(join(folder, out)) ? ['--resume'] : [];
      const child = spawn(process.execPath, [bin, ...argv, ...resume], { cwd: folder, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // Not by a clock: once it has done something, wherever it then is.
      const wanted = before + 1 + random.integer(20);
      while (evaluations() < wanted && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill('SIGKILL');
      await ended;
      expect(evaluations()).toBeGreaterThanOrEqual(before);
    }
    const resumed = spawned([...argv, '--resume']);
    expect(resumed.code, resumed.err).toBe(0);
    expect(resultIn(resumed.out)).toEqual(resultIn(whole.out));
    if (command !== 'sample') return;
    const { values, weights } = await readNpzFile(join(folder, out, 'samples.npz'));
    expect(values.shape).toEqual([weights.shape[0], 2]);
  });
});

test('a folder with a run is not written over, and one without is not resumed by mistake', () => {
  expect(spawned(['fit', ...search, '--starts', '1', '--out', 'begun']).code).toBe(0);
  expectRefused(spawned(['fit', ...search, '--out', 'begun']), /--resume/);
  expectRefused(
    spawned(['fit', ...search, '--out', 'begun', '--resume', '--seed', '9', '--starts', '2']),
    /another run/,
  );
  expectRefused(spawned(['fit', ...search, '--resume']), /add --out/);
  expectRefused(
    spawned(['fit', '--data', 'observed.npz', '--model', 'lens.json', ...source, '--fix-regularization']),
    /numbers only/,
  );
});

/** The gradient in the JSON of an evidence. */
function gradientOf({ gradient }: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(Object(gradient)).map(([path, slope]) => [path, Number(slope)]));
}

test('an evidence for every line, in their order, and an error for a bad one', () => {
  const lens = (einsteinRadius: unknown) => JSON.stringify({ mass: [{ type: 'Isothermal', einsteinRadius }] });
  const lines = [lens(1.4), 'nonsense', '', lens(-1), lens(1.5), '{"mass":'].join('\n');
  const argv = ['--data', 'observed.npz', '--mesh', 'overlay:8x8:natural', '--regularization', 'gradient:1'];
  const { code, out, err } = spawned(['evidence', '--lens', '-', '--gradient', ...argv], lines);
  expect(code, err).toBe(0);
  const results = out
    .trim()
    .split('\n')
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line));
  expect(results.map((result) => Object.keys(result).join(' '))).toEqual([
    'logEvidence gradient',
    'error',
    'error',
    'logEvidence gradient',
    'error',
  ]);
  expect(results[2].error).toMatch(/einsteinRadius: the value is out of domain/);
  writeFileSync(join(folder, 'one.json'), lens(1.5));
  const one = JSON.parse(spawned(['evidence', '--lens', 'one.json', '--gradient', '--json', ...argv]).out);
  // One kernel has the evidence of a line together with its gradient: other sums, other rounding.
  expect(Number(results[3].logEvidence) / one.logEvidence).toBeCloseTo(1, 10);
  const byPath = gradientOf(results[3]);
  const expected = gradientOf(one);
  expect(Object.keys(byPath)).toEqual(Object.keys(expected));
  const scale = Math.max(...Object.values(expected).map(Math.abs));
  for (const [path, slope] of Object.entries(byPath)) expect((slope - expected[path]) / scale).toBeCloseTo(0, 8);
});

test('who waits for a result before the next line gets it', async () => {
  const argv = ['evidence', '--data', 'observed.npz', '--lens', '-', '--mesh', 'overlay:8x8'];
  const child = spawn(process.execPath, [bin, ...argv], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  for (const radius of [1.3, 1.4]) {
    const answer = new Promise<string>((resolve) => child.stdout.once('data', (bytes) => resolve(String(bytes))));
    child.stdin.write(`{"mass":[{"type":"IsothermalSph","einsteinRadius":${radius}}]}\n`);
    expect(JSON.parse(await answer)).toHaveProperty('logEvidence');
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  expect(await ended).toBe(0);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)('the sampler of docs/from-python.md finds the lens', () => {
  const page = readFileSync(new URL('../../../docs/from-python.md', import.meta.url), 'utf8');
  const [, program = ''] = page.match(/```python\n([\s\S]*?)```/) ?? [];
  // Here the command is not on the path, the data are few, and the test is short.
  const changed = program
    .replace('"npx wtilde evidence', `"${process.execPath} ${bin} evidence`)
    .replace('overlay:24x24', 'overlay:8x8')
    .replace('steps, walkers = 300, 32', 'steps, walkers = 40, 16');
  writeFileSync(join(folder, 'sampler.py'), changed);
  const { status, stdout, stderr } = spawnSync('python3', ['sampler.py'], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [radius] = stdout.split('\n').map((line) => Number(line.split(' ')[1]));
  expect(Math.abs(radius - 1.4)).toBeLessThan(0.1);
});
