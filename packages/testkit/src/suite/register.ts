import { CheckFailed, NotApplicable } from '../checkFailed.js';
import type { Check } from '../checks/check.js';
import { type KnownFailure, knownFailure } from '../plan/case.js';
import type { Runner, TestBody } from '../runner/runner.js';

/** Ends what hangs, and nothing else: an hour, since the machine may be slow and busy. The runner's own may be seconds. */
const timeout = 3_600_000;

/** Registers a check; one that is a known failure must fail. */
export function registerCheck({ it }: Runner, check: Check, known: readonly KnownFailure[]): void {
  const failure = knownFailure(known, check);
  if (failure === undefined) it(check.title, (context) => runCheck(check, context), timeout);
  else it(`${check.title} [known failure: ${failure.reason}]`, (context) => mustFail(check, failure, context), timeout);
}

/** Registers a test that is not run, visibly and with the reason. */
export function registerSkipped({ it }: Runner, title: string, reason: string): void {
  it.skip(`${title} [${reason}]`, async () => {});
}

/** Registers a test that fails with a message. */
export function registerFailed({ it }: Runner, title: string, message: string): void {
  it(title, async () => {
    throw new CheckFailed(message);
  });
}

async function runCheck(check: Check, context: Parameters<TestBody>[0]): Promise<void> {
  try {
    await check.run();
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
    context.skip(error.message);
  }
}

async function mustFail(check: Check, { reason }: KnownFailure, context: Parameters<TestBody>[0]): Promise<void> {
  try {
    await check.run();
  } catch (error) {
    if (error instanceof NotApplicable) context.skip(error.message);
    return;
  }
  throw new CheckFailed(`it passes now; take it off the list of known failures (${reason})`);
}
