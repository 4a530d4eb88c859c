import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@wtilde/data';
import { afterAll, describe, expect, test } from 'vitest';
import {
  folderJournal,
  keepJournal,
  type Objective,
  objectiveOf,
  optimise,
  sampleNested,
  sampleNuts,
} from '../src/node.js';
import { box, correlated } from './problems.js';

const root = mkdtempSync(join(tmpdir(), 'wtilde-fit-'));
afterAll(() => rmSync(root, { recursive: true }));

/** An objective that is switched off after as many evaluations, in the middle of a batch. */
function cutOff(objective: Objective, after: number): Objective {
  let left = after;
  return {
    ...objective,
    async evaluate(points, how) {
      left -= points.length;
      if (left < 0) throw new Error('the power is off');
      return await objective.evaluate(points, how);
    },
  };
}

function counted(objective: Objective) {
  const count = { made: 0 };
  const evaluate: Objective['evaluate'] = async (points, how) => {
    count.made += points.length;
    return await objective.evaluate(points, how);
  };
  return { count, objective: { ...objective, evaluate } };
}

const searches: readonly (readonly [string, (objective: Objective) => Promise<unknown>])[] = [
  ['optimise', (objective) => optimise(objective)],
  ['optimise without gradients', (objective) => optimise({ ...objective, hasGradient: false }, { starts: 2 })],
  ['sampleNested', (objective) => sampleNested(objective, { effectiveSamples: 300 })],
  [
    'sampleNuts',
    async (objective) => sampleNuts(objective, await optimise(objective), { chains: 2, samples: 20, warmup: 20 }),
  ],
];

describe.each(searches)('%s', (name, search) => {
  test('goes on after being cut off, thrice, to the same bits', async () => {
    const whole = counted(correlated());
    const expected = await search(whole.objective);
    const storage = folderJournal(join(root, name));
    const run = { search: name };
    const random = createRandom(`cut off/${name}`);
    let made = 0;
    for (let cut = 0; cut < 3; cut++) {
      const { count, objective } = counted(correlated());
      const journal = await keepJournal(cutOff(objective, 1 + random.integer(whole.count.made / 3)), storage, run);
      await expect(search(journal)).rejects.toThrow(/the power is off/);
      made += count.made;
    }
    const { count, objective } = counted(correlated());
    const journal = await keepJournal(objective, storage, run);
    expect(await search(journal)).toEqual(expected);
    expect(count.made + made).toBe(whole.count.made);
    expect(journal.replayed).toBe(made);
  });
});

test('all that a search may ask an objective is passed on', async () => {
  const eased = { ...correlated(), easing: { held: [1], power: 1 } };
  const { evaluate: _, replayed: __, ...journal } = await keepJournal(eased, folderJournal(join(root, 'eased')), {});
  const { evaluate: ___, ...asked } = eased;
  expect(journal).toEqual(asked);
});

test('what failed has failed after resuming, and more than a page is kept', async () => {
  const objective = objectiveOf(box(2, -1, 1), ([x, y]) => {
    if (x > 0.8) throw new Error('no model here');
    return { value: y > 0.9 ? Number.NEGATIVE_INFINITY : -50 * (x * x + y * y) };
  });
  const storage = folderJournal(join(root, 'pages'));
  const search = (of: Objective) => sampleNested(of, { effectiveSamples: 800, live: 300 });
  const first = await search(await keepJournal(objective, storage, {}));
  expect(first.evaluations).toBeGreaterThan(2048);
  const { count, objective: again } = counted(objective);
  expect(await search(await keepJournal(again, storage, {}))).toEqual(first);
  expect(count.made).toBe(0);
});

test('another run, another path of it, and another file are refused', async () => {
  const folder = join(root, 'other');
  const storage = folderJournal(folder);
  await optimise(await keepJournal(correlated(), storage, { model: 'a', seed: 1 }), { starts: 1 });
  await expect(keepJournal(correlated(), storage, { model: 'b', seed: 1 })).rejects.toMatchObject({
    code: 'InvalidOption',
    where: 'checkpoint model',
  });
  const strange = await keepJournal(correlated(), storage, { model: 'a', seed: 1 });
  await expect(optimise(strange, { seed: 2 })).rejects.toThrow(/does not go where the checkpoint went/);
  writeFileSync(join(folder, 'checkpoint.json'), '{ "format": 2 }');
  await expect(keepJournal(correlated(), storage, {})).rejects.toMatchObject({ code: 'FileFormat' });
});
