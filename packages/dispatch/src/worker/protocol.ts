/** The messages between a page and its worker; all of them survive structured cloning. */
import {
  type BackendInfo,
  type ErrorCode,
  isWtildeError,
  type LooseArgs,
  type LooseResult,
  type Precision,
  WtildeError,
} from '@wtilde/core-types';

/** Options that can be sent; signal and progress have messages of their own. */
export interface SentOptions {
  readonly method?: string | undefined;
  readonly tolerance?: number | undefined;
  readonly check?: 'full' | 'shapes' | undefined;
}

export type Request =
  | { readonly wtilde: 1; readonly type: 'hello' }
  | {
      readonly wtilde: 1;
      readonly type: 'call';
      readonly id: number;
      readonly kernel: string;
      readonly args: LooseArgs;
      readonly options: SentOptions;
      readonly progress: boolean;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'bind';
      readonly bound: number;
      readonly kernel: string;
      readonly fixed: LooseArgs;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'callBound';
      readonly id: number;
      readonly bound: number;
      readonly rest: LooseArgs;
      readonly options: SentOptions;
      readonly progress: boolean;
    }
  | { readonly wtilde: 1; readonly type: 'release'; readonly bound: number }
  | { readonly wtilde: 1; readonly type: 'abort'; readonly id: number }
  | { readonly wtilde: 1; readonly type: 'dispose' };

export type Reply =
  | {
      readonly wtilde: 1;
      readonly type: 'ready';
      readonly id: string;
      readonly precision: Precision;
      readonly info: BackendInfo;
      readonly kernels: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly wtilde: 1; readonly type: 'unavailable'; readonly error: SentError }
  | { readonly wtilde: 1; readonly type: 'result'; readonly id: number; readonly result: LooseResult }
  | { readonly wtilde: 1; readonly type: 'failure'; readonly id: number; readonly error: SentError }
  | {
      readonly wtilde: 1;
      readonly type: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total: number;
    };

/** An error as it travels: class and cause do not survive cloning. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly facts?: {
    readonly code: ErrorCode;
    readonly what: string;
    readonly where: string;
    readonly expected?: string | undefined;
    readonly actual?: string | undefined;
    readonly remedy: string;
  };
}

export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  if (!isWtildeError(error)) return { name, message, stack };
  const { code, what, where, expected, actual, remedy } = error;
  return { name, message, stack, facts: { code, what, where, expected, actual, remedy } };
}

export function unpackError({ name, message, stack, facts }: SentError): Error {
  if (facts === undefined)
    return Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
  const { code, what, where, expected, actual, remedy } = facts;
  return new WtildeError(code, {
    what,
    where,
    remedy,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  });
}

/** A message of this protocol; others may share the port. */
export function isRequest(message: unknown): message is Request {
  return isOurs(message);
}

export function isReply(message: unknown): message is Reply {
  return isOurs(message);
}

function isOurs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'wtilde' in message && message.wtilde === 1;
}
