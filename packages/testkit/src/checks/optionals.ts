/** Optional arguments: every combination of given and left out. */
import type { LooseArgs } from '@wtilde/core-types';
import { type Check, methodsOf, type Subject } from './check.js';
import { endLikeReference, run } from './running.js';
import type { Samples } from './samples.js';

export function optionals(subject: Subject, { first, name }: Samples): readonly Check[] {
  const { descriptor } = subject;
  const optional = Object.keys(first).filter((argument) => descriptor.params[argument].optional);
  if (optional.length === 0) return [];
  return methodsOf(subject).map((method) => ({
    kernel: descriptor.name,
    method,
    dataset: name,
    check: 'optional',
    title: `${method} with and without ${optional.join(', ')}`,
    async run() {
      for (const left of subsets(optional)) {
        const args = without(first, left);
        const dataset = `${name} without ${left.join(', ') || 'nothing'}`;
        await endLikeReference(subject, { method, dataset }, args, () => run(subject, args, { method }));
      }
    },
  }));
}

/** All subsets, the empty one first. */
function subsets(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_name, at) => (bits >> at) % 2 === 1));
}

function without(args: LooseArgs, names: readonly string[]): LooseArgs {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}
