/** Calls of the kernel under test, and verdicts over what it returns. */
import { isWtildeError, type LooseArgs, type LooseOptions, type LooseResult } from '@wtilde/core-types';
import { CheckFailed, demand, NotApplicable } from '../checkFailed.js';
import { isPromise, resultOf } from '../contract/looseResult.js';
import { describeOutcome, type Outcome, outcomeOf } from '../contract/outcome.js';
import { copyArgs, firstChanged } from '../contract/values.js';
import type { Subject } from './check.js';

/** Where a result comes from, for messages and the report. */
export interface Origin {
  readonly method: string;
  readonly dataset: string;
}

/**
 * Runs the kernel on copies of the arguments, and fails when it wrote into them or mixed up sync and async.
 *
 * @throws NotApplicable where the method says that it cannot run at these sizes.
 */
export async function run(subject: Subject, args: LooseArgs, options: LooseOptions): Promise<LooseResult> {
  return await runWith(subject, args, args, options.method, (given) => subject.kernel(given, options));
}

/** {@link run} for any way to call the kernel with some of its arguments, such as through `bind`. */
export async function runWith(
  subject: Subject,
  all: LooseArgs,
  args: LooseArgs,
  method: unknown,
  call: (args: LooseArgs) => unknown,
): Promise<LooseResult> {
  const { backend, descriptor } = subject;
  const given = copyArgs(args);
  try {
    const returned = call(given);
    const promised = isPromise(returned);
    demand(
      promised === (backend.mode === 'async'),
      `${descriptor.name} of the ${backend.mode} backend ${backend.id} returned ${promised ? 'a promise' : 'no promise'}`,
    );
    const result = await resultOf(returned);
    const changed = firstChanged(args, given);
    demand(changed === undefined, `${descriptor.name} wrote into its argument ${changed}`);
    return result;
  } catch (error) {
    if (isWtildeError(error, 'MethodRefused')) throw await refusalOf(subject, all, method, error.message);
    throw error;
  }
}

/** A refusal is fair where the method had said so: `auto` may then choose another. */
export async function refusalOf(
  { kernel, descriptor }: Subject,
  args: LooseArgs,
  method: unknown,
  message: string,
): Promise<Error> {
  const appraisals = await kernel.appraise(kernel.sizesOf(args));
  const can = Object.entries(appraisals).find(([name]) => name === method)?.[1].canRun ?? true;
  return can === true
    ? new CheckFailed(`${descriptor.name} (${String(method)}) refused what its canRun allows: ${message}`)
    : new NotApplicable(can);
}

/** Fails unless the result agrees with the expected one by the numeric classes; records how close it came. */
export function agree(
  { backend, descriptor, oracle, report }: Subject,
  { method, dataset }: Origin,
  args: LooseArgs,
  expected: LooseResult,
  actual: LooseResult,
): void {
  const { ok, error, allowed, message } = oracle.judge(descriptor, args, expected, actual, backend.precision);
  const { id, precision } = backend;
  report?.record({ backend: id, precision, kernel: descriptor.name, method, dataset, error, allowed });
  if (!ok) throw new CheckFailed(`${descriptor.name} (${method}) on ${dataset}: ${message}`);
}

/**
 * Fails unless the call ends as the reference does for the same arguments: in a result that agrees, or in an error of
 * the same code. Returns how it ended.
 */
export async function endLikeReference(
  subject: Subject,
  origin: Origin,
  args: LooseArgs,
  call: () => Promise<LooseResult>,
): Promise<Outcome> {
  const { descriptor, oracle } = subject;
  const expected = await outcomeOf(() => oracle.call(descriptor.name, args));
  const actual = await outcomeOf(call);
  if (expected.kind === 'result' && actual.kind === 'result') {
    agree(subject, origin, args, expected.result, actual.result);
  } else {
    const [want, have] = [describeOutcome(expected), describeOutcome(actual)];
    const where = `${descriptor.name} (${origin.method}) on ${origin.dataset}`;
    demand(want === have, `${where}: expected ${want}, got ${have}`);
  }
  return actual;
}
