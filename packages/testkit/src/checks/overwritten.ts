/** Arguments belong to the caller again as soon as a call has returned, be it a promise that is still open. */
import type { LooseArgs, LooseResult } from '@wtilde/core-types';
import { CheckFailed, NotApplicable } from '../checkFailed.js';
import { outcomeOf } from '../contract/outcome.js';
import { copyArgs, isHostArray } from '../contract/values.js';
import type { CrossingDataset } from '../datasets/crossing.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { refusalOf, run } from './running.js';
import type { Samples } from './samples.js';

/** Whoever takes arguments in parts does so beyond this size, if anywhere. */
const inParts = 2 ** 16;

/**
 * Synchronous backends have nothing left to read when they return. Of the others every method is called, plain and
 * bound, and on arguments that are large enough to be taken in parts.
 */
export function overwritten(
  subject: Subject,
  { first, name }: Samples,
  crossing: readonly CrossingDataset[],
): readonly Check[] {
  const { backend, kernel, descriptor, oracle } = subject;
  if (backend.mode === 'sync') return [];
  return methodsOf(subject).map((method) => ({
    kernel: descriptor.name,
    method,
    dataset: name,
    check: 'overwritten',
    title: `${method} has taken what it needs of its arguments when it returns`,
    async run() {
      const options = { method };
      const call = (given: LooseArgs) => kernel(given, options);
      const all = { all: first, expected: await run(subject, first, options), method };
      await demandSame(subject, { ...all, where: name, given: first, call });
      for (const bound of Object.keys(first)) {
        const { [bound]: value, ...given } = first;
        const fixed = copyArgs({ [bound]: value });
        const prepared = kernel.bind(fixed);
        withZeros(fixed);
        const callBound = (rest: LooseArgs) => prepared(rest, options);
        try {
          await demandSame(subject, { ...all, where: `${name} with ${bound} bound`, given, call: callBound });
        } finally {
          prepared.dispose();
        }
      }
      for (const dataset of crossing.filter(({ size }) => size > inParts)) {
        const args = oracle.argumentsOf(dataset, descriptor);
        const expected = oracle.expected(dataset, descriptor);
        await demandSame(subject, { where: dataset.name, all: args, given: args, expected, method, call }).catch(
          passOverRefusal,
        );
      }
    },
  }));
}

/** A call to be made, and what must come of it. */
interface Disturbed {
  readonly where: string;
  readonly method: string;
  readonly all: LooseArgs;
  /** What is given in the call itself: all that is not bound. */
  readonly given: LooseArgs;
  readonly expected: LooseResult;
  call(given: LooseArgs): unknown;
}

/** Makes the call on copies of the given arguments, overwrites these before it waits, and judges what comes of it. */
async function demandSame(subject: Subject, { where, method, all, given, expected, call }: Disturbed): Promise<void> {
  const { descriptor, oracle, backend } = subject;
  const copies = copyArgs(given);
  const outcome = await outcomeOf(() => {
    const returned = call(copies);
    withZeros(copies);
    return returned;
  });
  const about = `${descriptor.name} (${method}) on ${where}, with its arguments overwritten right after the call`;
  if (outcome.kind === 'error') {
    if (outcome.code === 'MethodRefused') throw await refusalOf(subject, all, method, outcome.description);
    throw new CheckFailed(`${about}: ${outcome.description}`);
  }
  const { ok, message } = oracle.judge(descriptor, all, expected, outcome.result, backend.precision);
  if (!ok) throw new CheckFailed(`${about}: ${message}`);
}

function passOverRefusal(error: unknown): void {
  if (!(error instanceof NotApplicable)) throw error;
}

/** Zero is in the range of every index, and no noise. */
function withZeros(args: LooseArgs): void {
  for (const value of Object.values(args)) if (isHostArray(value)) value.data.fill(0);
}
