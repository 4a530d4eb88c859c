import { WtildeError } from '@wtilde/core-types';
import type { Results } from './results.js';
import type { Science } from './science/run.js';

/** The results in the text of a file. Throws FileFormat. */
export function readResults(text: string, where: string): Results {
  const parsed = parsedOr(text, where);
  if (isResults(parsed)) return parsed;
  throw notResults(where, 'other contents');
}

/** The results of `wtilde bench --science` in the text of a file. Throws FileFormat. */
export function readScience(text: string, where: string): Science {
  const parsed = parsedOr(text, where);
  if (isScience(parsed)) return parsed;
  throw notResults(where, 'other contents');
}

function parsedOr(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notResults(where, cause instanceof Error ? cause.message : String(cause));
  }
}

function isResults(value: unknown): value is Results {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === 1 &&
    'rows' in value &&
    Array.isArray(value.rows) &&
    'memory' in value
  );
}

function isScience(value: unknown): value is Science {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === 1 &&
    'kind' in value &&
    value.kind === 'science'
  );
}

function notResults(where: string, actual: string): WtildeError {
  return new WtildeError('FileFormat', {
    what: 'the file holds no benchmark results that this version knows',
    where,
    expected: 'results of schema 1',
    actual,
    remedy: 'write them with wtilde bench --json',
  });
}
