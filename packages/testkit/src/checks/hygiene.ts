/** What every kernel owes its callers whatever it computes. */
import { isRecord, type LooseResult, type ResultLeaf, type ResultSpec } from '@wtilde/core-types';
import { demand } from '../checkFailed.js';
import { copyResult, isHostArray, sameBits, shapeOf } from '../contract/values.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { run } from './running.js';
import type { Samples } from './samples.js';

export function hygiene(subject: Subject, samples: Samples): readonly Check[] {
  return methodsOf(subject).flatMap((method) => [
    described(subject, samples, method),
    untouched(subject, samples, method),
    repeatable(subject, samples, method),
    ownMemory(subject, samples, method),
  ]);
}

function described(subject: Subject, { name, first, sizes }: Samples, method: string): Check {
  const { returns } = subject.descriptor;
  return {
    ...at(subject, name, method, 'result'),
    title: `${method} returns what the descriptor says`,
    async run() {
      const expected = describeSpec(returns, sizes);
      const found = describeResult(await run(subject, first, { method }));
      demand(expected === found, `expected ${expected}, got ${found}`);
    },
  };
}

/** `run` looks for changed arguments itself; as a check of its own this is named in the list. */
function untouched(subject: Subject, { name, first, second }: Samples, method: string): Check {
  return {
    ...at(subject, name, method, 'inputs'),
    title: `${method} leaves its inputs untouched`,
    async run() {
      await run(subject, first, { method });
      await run(subject, second, { method });
    },
  };
}

function repeatable(subject: Subject, { name, first, second }: Samples, method: string): Check {
  const exactly = subject.backend.mode === 'sync';
  return {
    ...at(subject, name, method, 'repeat'),
    title: `${method} gives the same result again${exactly ? ', bit for bit' : ''}`,
    async run() {
      const before = await run(subject, first, { method });
      await run(subject, second, { method });
      const after = await run(subject, first, { method });
      if (exactly) demand(sameBits(before, after), 'the second result differs from the first');
      const { ok, message } = subject.oracle.judge(subject.descriptor, first, before, after, subject.backend.precision);
      demand(ok, `the second result differs from the first: ${message}`);
    },
  };
}

function ownMemory(subject: Subject, { name, first, second }: Samples, method: string): Check {
  return {
    ...at(subject, name, method, 'memory'),
    title: `${method} returns memory that later calls leave alone`,
    async run() {
      const result = await run(subject, first, { method });
      const copy = copyResult(result);
      await run(subject, second, { method });
      demand(sameBits(result, copy), 'a later call changed an earlier result');
    },
  };
}

function at(subject: Subject, dataset: string, method: string, check: string) {
  return { kernel: subject.descriptor.name, method, dataset, check };
}

function describeSpec(returns: ResultSpec, sizes: Readonly<Record<string, number>>): string {
  if (returns.kind === 'scalar') return 'a number';
  if (returns.kind === 'array') return `${returns.dtype} [${shapeOf(returns.dims, sizes).join(', ')}]`;
  return Object.entries(returns.entries)
    .map(([key, entry]) => `${key}: ${describeSpec(entry, sizes)}`)
    .sort()
    .join('; ');
}

function describeResult(result: LooseResult): string {
  if (!isRecord(result)) return describeLeaf(result);
  return Object.entries(result)
    .map(([key, leaf]) => `${key}: ${describeLeaf(leaf)}`)
    .sort()
    .join('; ');
}

function describeLeaf(leaf: ResultLeaf): string {
  if (typeof leaf === 'number') return 'a number';
  return isHostArray(leaf) ? `${leaf.dtype} [${leaf.shape.join(', ')}]` : 'a handle';
}
