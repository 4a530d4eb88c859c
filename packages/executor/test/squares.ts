/** The work of the tests: squares of numbers, with an offset. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { real } from '@wtilde/core-types';
import { afterAll } from 'vitest';
import { bytesOfNumbers, numbersOfBytes, type Outcome, type Tasks, type Work } from '../src/index.js';
import { asks, facts } from './tasks/squares.js';

export { asks, facts };

export const tasks: Tasks = { squares: new URL('./tasks/squares.ts', import.meta.url) };
export const version = '1.2.3';

/** A folder for the files of one test file; removed when that is done. */
export const folder = mkdtempSync(join(tmpdir(), 'wtilde-executor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export function squaresWork(settings: Readonly<Record<string, unknown>> = {}): Work {
  return {
    task: 'squares',
    dataset: { offset: real([0.1], []) },
    settings: JSON.stringify({ folder, ...settings }),
  };
}

/** Jobs of three numbers each, whose squares are no round numbers. */
export function jobsOf(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) => bytesOfNumbers([i / 3, Math.sqrt(i), -i]));
}

/** What the jobs come to, computed here. */
export function squaresOf(jobs: readonly Uint8Array[]): readonly (readonly number[])[] {
  return jobs.map((job) => [...numbersOfBytes(job)].map((x) => x * x + 0.1));
}

export function numbersIn(outcomes: readonly Outcome[] | undefined): readonly unknown[] {
  return (outcomes ?? []).map(({ result, failure }) =>
    result === undefined ? failure?.code : [...numbersOfBytes(result)],
  );
}

export function ask(what: number, mark = 0): Uint8Array {
  return bytesOfNumbers([what, mark]);
}
