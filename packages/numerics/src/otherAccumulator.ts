import { WtildeError } from '@wtilde/core-types';

/** The error of an accumulator that another one cannot be merged into. */
export function otherAccumulator(): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the other accumulator is of another kind',
    where: 'accumulator.merge',
    expected: 'one of the same backend and spec',
    remedy: 'merge accumulators that were created alike',
  });
}
