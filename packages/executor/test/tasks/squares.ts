// A task for tests: the squares of numbers. Some first numbers ask for trouble.
import { existsSync, writeFileSync } from 'node:fs';
import { WtildeError } from '@wtilde/core-types';
import type { OpenTask, Work } from '@wtilde/executor';

export const asks = {
  error: -1,
  threadEnds: -2,
  processEnds: -3,
  waitsOnce: -4,
  neverEnds: -5,
  waitsFor: -6,
  typed: -7,
};

/** All that an error can say. */
export const facts = {
  code: 'UnequalNoise',
  what: 'there is no square',
  where: 'square 3',
  expected: 'a square',
  actual: 'a circle',
  remedy: 'draw another',
} as const;

export async function open(work: Work): Promise<OpenTask> {
  const { folder, factor = 1 } = JSON.parse(work.settings);
  const offset = work.dataset.offset.data[0];
  return {
    async run(job) {
      const numbers = new Float64Array(Uint8Array.from(job).buffer);
      const [ask, mark] = numbers;
      if (ask === asks.error) throw new Error('no square today');
      if (ask === asks.typed) throw new WtildeError(facts.code, facts);
      if (ask === asks.threadEnds) process.exit(3);
      if (ask === asks.processEnds) process.kill(process.pid, 'SIGKILL');
      if (ask === asks.neverEnds) stand(folder, mark);
      if (ask === asks.waitsOnce && !existsSync(`${folder}/${mark}`)) stand(folder, mark);
      if (ask === asks.waitsFor) {
        writeFileSync(`${folder}/${mark}`, '');
        while (!existsSync(`${folder}/go-${mark}`)) await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return new Uint8Array(numbers.map((x) => factor * x * x + offset).buffer);
    },
    close() {},
  };
}

/** Says that it is here, and computes for ever. */
function stand(folder: string, mark: number): void {
  writeFileSync(`${folder}/${mark}`, '');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
