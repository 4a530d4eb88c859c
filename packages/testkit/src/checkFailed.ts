/** A check of a suite did not hold. The message says what was expected and what was found. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** A check that cannot be made here, found while running it: reported as skipped, with the reason. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** Throws {@link CheckFailed} unless the condition holds. */
export function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new CheckFailed(message);
}

/** What was thrown, in one line. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
