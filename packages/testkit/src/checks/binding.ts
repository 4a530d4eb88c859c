/** The bind law: `bind(a)(b)` equals the kernel of `{ ...a, ...b }`. */
import type { LooseArgs, LooseResult } from '@wtilde/core-types';
import { demand } from '../checkFailed.js';
import { demandError } from '../contract/outcome.js';
import { copyArgs, firstChanged, sameBits } from '../contract/values.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { endLikeReference, runWith } from './running.js';
import type { Samples } from './samples.js';

export function binding(subject: Subject, samples: Samples): readonly Check[] {
  const at = { kernel: subject.descriptor.name, dataset: samples.name, check: 'bind' };
  const laws = methodsOf(subject).map((method) => ({
    ...at,
    method,
    title: `${method} keeps the bind law for every single argument, all but one, and all`,
    async run() {
      for (const names of subsets(Object.keys(samples.first))) await keepsLaw(subject, samples, method, names);
    },
  }));
  const refusals = {
    ...at,
    title: 'a bound argument is refused when it is given again',
    async run() {
      const { kernel, descriptor } = subject;
      for (const [name, value] of Object.entries(samples.first)) {
        const bound = kernel.bind({ [name]: value });
        await demandError('UnknownArgument', `${descriptor.name}.bind({ ${name} })`, () => bound(samples.first));
        bound.dispose();
      }
    },
  };
  const many = methodsOf(subject).map((method) => ({
    ...at,
    method,
    title: `${method} gives many calls at once what it gives each alone`,
    run: () => manyLikeSingle(subject, samples, method),
  }));
  return [...laws, ...many, refusals];
}

/** Each single name, all but each, and all. */
function subsets(names: readonly string[]): readonly (readonly string[])[] {
  const candidates = [
    ...names.map((name) => [name]),
    ...names.map((name) => names.filter((other) => other !== name)),
    names,
  ];
  const distinct = new Map(candidates.map((subset) => [subset.join(), subset]));
  return [...distinct.values()].filter((subset) => subset.length > 0);
}

async function keepsLaw(subject: Subject, samples: Samples, method: string, names: readonly string[]): Promise<void> {
  const { kernel, backend, descriptor } = subject;
  const [fixed, rest] = split(samples.first, names);
  const [, otherRest] = split(samples.second, names);
  const about = `${samples.name} with ${names.join(', ')} bound`;
  const given = copyArgs(fixed);
  const bound = kernel.bind(given);
  const call = (others: LooseArgs, dataset: string) => {
    const together = { ...fixed, ...others };
    return endLikeReference(subject, { method, dataset }, together, () =>
      runWith(subject, together, others, method, (args) => bound(args, { method })),
    );
  };
  try {
    const before = await call(rest, about);
    await call(otherRest, `${about}, called with other arguments`);
    const after = await call(rest, `${about}, called as at first`);
    if (backend.mode === 'sync' && before.kind === 'result' && after.kind === 'result') {
      demand(sameBits(before.result, after.result), `${about}: the last result differs from the first`);
    }
    const changed = firstChanged(fixed, given);
    demand(changed === undefined, `${about}: the bound argument ${changed} was written into`);
  } finally {
    bound.dispose();
  }
  bound.dispose(); // A second time does no harm.
  await demandError('Disposed', `${descriptor.name} on ${about}, after dispose`, () =>
    bound(copyArgs(rest), { method }),
  );
}

/** With all bound but one argument: the last, whose values two samples differ in. */
async function manyLikeSingle(subject: Subject, samples: Samples, method: string): Promise<void> {
  const { kernel, backend, descriptor } = subject;
  const { first, second, name } = samples;
  const [fixed] = split(
    first,
    Object.keys(first).filter((argument) => sameBits(first[argument], second[argument])),
  );
  const rests = [first, second, first].map((args) => split(args, Object.keys(fixed))[1]);
  const bound = kernel.bind(fixed);
  try {
    // What single calls do not give, such as a refusal at these sizes, is no matter of many.
    const single: LooseResult[] = [];
    for (const rest of rests) {
      const all = { ...fixed, ...rest };
      single.push(await runWith(subject, all, rest, method, (args) => bound(args, { method })));
    }
    const given = rests.map(copyArgs);
    const results = await bound.runMany(given, { method });
    demand(results.length === rests.length, `${results.length} results of ${rests.length} calls`);
    results.forEach((result, at) => {
      const about = `${name}, call ${at} of ${rests.length}`;
      if (backend.mode === 'sync') demand(sameBits(result, single[at]), `${about}: not what it gives alone`);
      const args = { ...fixed, ...rests[at] };
      const { ok, message } = subject.oracle.judge(descriptor, args, single[at], result, backend.precision);
      demand(ok, `${about}: not what it gives alone: ${message}`);
      demand(firstChanged(rests[at], given[at]) === undefined, `${about}: its arguments were written into`);
    });
    demand((await bound.runMany([], { method })).length === 0, 'no calls have no results');
  } finally {
    bound.dispose();
  }
  await demandError('Disposed', `${descriptor.name} on ${name}, many calls after dispose`, () =>
    bound.runMany(rests.map(copyArgs), { method }),
  );
}

function split(args: LooseArgs, names: readonly string[]): readonly [LooseArgs, LooseArgs] {
  const entries = Object.entries(args);
  return [
    Object.fromEntries(entries.filter(([name]) => names.includes(name))),
    Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  ];
}
