import { isWtildeError } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { parseRegularization } from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

describe('a regularization as text', () => {
  test.each([
    ['constant:1', { type: 'constant', coefficient: 1 }],
    ['constant:0.37', { type: 'constant', coefficient: 0.37 }],
    ['constant:1e-2', { type: 'constant', coefficient: 0.01 }],
    ['gradient:coefficient=3', { type: 'gradient', coefficient: 3 }],
    ['constantZeroth:1,0.5', { type: 'constantZeroth', coefficientNeighbor: 1, coefficientZeroth: 0.5 }],
    ['maternKernel:1,nu=0.7,scale=0.4', { type: 'maternKernel', coefficient: 1, nu: 0.7, scale: 0.4 }],
    ['adapt:innerCoefficient=1,outerCoefficient=2', { type: 'adapt', innerCoefficient: 1, outerCoefficient: 2 }],
    ['{ "type": "zeroth", "coefficient": 0.7 }', { type: 'zeroth', coefficient: 0.7 }],
  ])('%s', (text, expected) => {
    expect(parseRegularization(text)).toEqual(expected);
  });

  test.each([
    ['constant', 'constant:COEFFICIENT'],
    ['constant:', 'constant:COEFFICIENT'],
    ['constant:0', 'constant:COEFFICIENT'],
    ['constant:-1', 'constant:COEFFICIENT'],
    ['constant:1e999', 'constant:COEFFICIENT'],
    ['constant:1-2', 'constant:COEFFICIENT'],
    ['constant: 1', 'constant:COEFFICIENT'],
    ['constant:1,2', 'constant:COEFFICIENT'],
    ['constant:1,coefficient=2', 'constant:COEFFICIENT'],
    ['adapt:1', 'adapt:innerCoefficient=INNERCOEFFICIENT'],
    ['maternKernel:1,1,30', 'nu a number from 0.05 and up to 20'],
    ['', 'constant, gradient, zeroth'],
    ['Constant:1', 'write constant'],
    ['matern:1', 'constant, gradient, zeroth'],
    ['toString:1', 'constant, gradient, zeroth'],
    ['{ "type": ', 'not JSON'],
  ])('%j is none, and what would be is said', (text, said) => {
    const error = thrownBy(() => parseRegularization(text));
    expect(isWtildeError(error, 'InvalidOption')).toBe(true);
    expect(String(error)).toContain(said);
  });

  test.each([
    ['{ "type": "constant" }', 'MissingArgument'],
    ['{ "type": "constant", "coefficent": 1 }', 'UnknownArgument'],
    ['{ "type": "constant", "coefficient": "1" }', 'InvalidValue'],
    ['{ "coefficient": 1 }', 'MissingArgument'],
  ] as const)('%s is refused', (text, code) => {
    expect(
      isWtildeError(
        thrownBy(() => parseRegularization(text)),
        code,
      ),
    ).toBe(true);
  });
});
