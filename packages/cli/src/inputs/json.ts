import { WtildeError } from '@wtilde/core-types';
import { textOf } from './text.js';

/** What this program reads nests four deep; code that walks through it takes a call for every level. */
const deepest = 100;

/**
 * The value of a JSON file.
 *
 * @throws FileUnreadable; FileFormat, with an example of what was meant, where it is no JSON or nests too deep.
 */
export async function jsonIn(path: string, example: string): Promise<unknown> {
  const text = await textOf(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refused(path, 'the file is not JSON', problem(cause, text), example, cause);
  }
  if (isDeeper(value, deepest)) throw refused(path, 'the JSON nests too deep', `more than ${deepest} levels`, example);
  return value;
}

/** Where an editor finds it; older engines tell the position only. */
function problem(cause: unknown, text: string): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position === undefined) return message;
  const before = text.slice(0, Number(position)).split('\n');
  return `${message.replace(/(?: in JSON)? at position .*/, '')} at line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/** Level by level, as a recursion would itself be too deep. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function refused(where: string, what: string, actual: string, example: string, cause?: unknown): WtildeError {
  return new WtildeError('FileFormat', { what, where, actual, remedy: `write for example ${example}`, cause });
}
