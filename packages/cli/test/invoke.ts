import { Writable } from 'node:stream';
import { expect } from 'vitest';
import { run } from '../src/index.js';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, without environment variables. */
export async function invoke(...argv: readonly string[]): Promise<Outcome> {
  return await invokeWith({}, ...argv);
}

/** {@link invoke} with environment variables. */
export async function invokeWith(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Outcome> {
  const stdout = new Capture();
  const stderr = new Capture();
  const code = await run(argv, { stdout, stderr, env });
  return { code, out: stdout.text, err: stderr.text };
}

/** What a failure must look like: exit code 2, nothing on stdout, one line on stderr without a stack. */
export function expectRefused({ code, out, err }: Outcome, pattern: RegExp): void {
  expect(err).toMatch(/^wtilde: [^\n]+\n$/);
  expect(err).not.toMatch(/ at .*:\d+:\d+|unexpected/);
  expect(err).toMatch(pattern);
  expect({ code, out }).toEqual({ code: 2, out: '' });
}

/** A stream that remembers, and passes for a terminal where it is told to. */
export class Capture extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
