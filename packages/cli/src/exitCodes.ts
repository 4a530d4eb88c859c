export const exitCodes = {
  fine: 0,
  /** Backends disagree by more than their precision allows. */
  disagreement: 1,
  /** Bad input, or something asked for is not available or cannot be written. */
  badInput: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
