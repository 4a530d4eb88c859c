import { harmless } from './text/harmless.js';

/** Where a command reads and writes, results to stdout and everything else to stderr, and the variables that it may look at. */
export interface Io {
  readonly stdin?: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function print(io: Io, text: string): void {
  io.stdout.write(`${harmless(text)}\n`);
}

export function printJson(io: Io, value: unknown): void {
  print(io, JSON.stringify(value));
}

/** One line on stderr, whatever the text holds. */
export function note(io: Io, text: string): void {
  io.stderr.write(`wtilde: ${harmless(text.replace(/\s*\n\s*/g, ' '))}\n`);
}
