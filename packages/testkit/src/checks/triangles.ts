/** Matrices of which only the lower triangle is read, by their description. */
import type { LooseArgs, NdArray } from '@wtilde/core-types';
import { arrayOf, isHostArray } from '../contract/values.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { agree, run } from './running.js';
import type { Samples } from './samples.js';

/** Finite and far from anything that belongs there. */
const garbage = -12345;

export function triangles(subject: Subject, { first, second, name }: Samples): readonly Check[] {
  const { descriptor, oracle } = subject;
  const halves = Object.entries(descriptor.params).flatMap(([argument, param]) =>
    param.kind === 'array' && param.triangle === 'lower' ? [argument] : [],
  );
  if (halves.length === 0) return [];
  return methodsOf(subject).map((method) => ({
    kernel: descriptor.name,
    method,
    dataset: name,
    check: 'triangle',
    title: `${method} reads only the lower triangle of ${halves.join(' and ')}`,
    async run() {
      // Of a positive source that is dark everywhere nobody can tell what was read: hence two sets of arguments.
      for (const args of [first, second]) {
        const expected = oracle.call(descriptor.name, args);
        for (const argument of halves) {
          const origin = { method, dataset: `${name}, nonsense above the diagonal of ${argument}` };
          agree(subject, origin, args, expected, await run(subject, spoilt(args, argument), { method }));
        }
      }
    },
  }));
}

function spoilt(args: LooseArgs, argument: string): LooseArgs {
  const matrix = args[argument];
  return isHostArray(matrix) ? { ...args, [argument]: withGarbageAbove(matrix) } : args;
}

function withGarbageAbove({ dtype, shape, data }: NdArray): NdArray {
  const size = shape[1];
  const above = (at: number) => at % size > Math.floor(at / size);
  return arrayOf(
    dtype,
    Array.from(data, (value, at) => (above(at) ? garbage : value)),
    shape,
  );
}
