/** Every argument wrong in every way: the typed error, and nothing else. */
import { CheckFailed } from '../checkFailed.js';
import { describeOutcome, outcomeOf } from '../contract/outcome.js';
import type { Check, Subject } from './check.js';
import { type Corruption, corruptionsOf } from './corruptions.js';
import { trapsOf } from './knownTraps.js';
import type { Samples } from './samples.js';

export function badArguments(subject: Subject, { first: args, sizes, name: dataset }: Samples): readonly Check[] {
  const { descriptor, kernel } = subject;
  const at = { kernel: descriptor.name, dataset, check: 'arguments' };
  const perArgument = Object.keys(args).map((name) => ({
    ...at,
    title: `a wrong ${name} is the right error`,
    async run() {
      const corruptions = [...corruptionsOf(name, { descriptor, args, sizes }), ...trapsOf(name, descriptor, args)];
      await refusesAll(subject, corruptions, name, (value) => kernel({ ...args, [name]: value }));
    },
  }));
  const missing = {
    ...at,
    title: 'a missing argument is MissingArgument, an unknown one UnknownArgument',
    async run() {
      const required = Object.keys(args).filter((name) => !descriptor.params[name].optional);
      const absent = required.map((name): Corruption => ({ what: `no ${name}`, value: name, code: 'MissingArgument' }));
      await refusesAll(subject, absent, 'arguments', (name) => kernel({ ...args, [String(name)]: undefined }));
      const extra: Corruption = { what: 'noSuchArgument', value: 1, code: 'UnknownArgument' };
      await refusesAll(subject, [extra], 'arguments', (value) => kernel({ ...args, noSuchArgument: value }));
    },
  };
  return [...perArgument, missing];
}

/** Fails with the list of all corruptions that did not give their error. */
async function refusesAll(
  { descriptor }: Subject,
  corruptions: readonly Corruption[],
  argument: string,
  call: (value: unknown) => unknown,
): Promise<void> {
  const wrong: string[] = [];
  for (const { what, value, code } of corruptions) {
    const outcome = await outcomeOf(() => call(value));
    if (outcome.kind === 'error' && outcome.code === code) continue;
    wrong.push(`${what}: expected ${code}, got ${describeOutcome(outcome)}`);
  }
  if (wrong.length > 0) throw new CheckFailed(`${descriptor.name}(${argument}): ${wrong.join('; ')}`);
}
