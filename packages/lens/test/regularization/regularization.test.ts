import { isWtildeError } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { parseRegularization } from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

describe('a regularization as text', () => {
  test.each([
    ['constant:1', 1],
    ['constant:0.37', 0.37],
    ['constant:1e-2', 0.01],
  ])('%s', (text, coefficient) => {
    expect(parseRegularization(text)).toEqual({ type: 'constant', coefficient });
  });

  test.each([
    '',
    'constant',
    'constant:',
    'constant:0',
    'constant:-1',
    'constant:1e999',
    'constant:1-2',
    'adapt:1',
    'constant: 1',
  ])('%j is none, and what would be is said', (text) => {
    const error = thrownBy(() => parseRegularization(text));
    expect(isWtildeError(error, 'InvalidOption')).toBe(true);
    expect(String(error)).toContain('constant:COEFFICIENT');
  });
});
