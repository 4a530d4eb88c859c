import { createReferenceBackend } from '@wtilde/backend-reference';
import { type AccumulatorSpec, accumulate, createKernelAccumulator, isWtildeError, real } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import {
  operatorFields,
  operatorOf,
  readOperator,
  realScalar,
  requireField,
  smaLike,
  visibilitiesOf,
  writeOperator,
} from '../../src/index.js';

const fields = smaLike({ N: 6, K: 20, S: 4, B: 3 });
const spec: AccumulatorSpec = {
  gridSize: requireField(fields, 'grid_size', 'index').data[0],
  pixelScale: requireField(fields, 'pixel_scale', 'real').data[0],
  gridRadiansSlim: requireField(fields, 'grid_radians_slim', 'real'),
  nativeIndexForSlimIndex: requireField(fields, 'native_index_for_slim_index', 'index'),
};

describe('prepared dataset', () => {
  it('survives an npz file', async () => {
    const accumulator = createKernelAccumulator(createReferenceBackend().kernels, spec);
    const operator = await accumulate(accumulator, [visibilitiesOf(fields)]);
    expect(readOperator(writeOperator(operator))).toEqual(operator);
  });

  it('is refused where it was made of nothing, or of numbers that are none', async () => {
    const accumulator = createKernelAccumulator(createReferenceBackend().kernels, spec);
    const empty = operatorFields(accumulator.finish());
    expect(() => operatorOf(empty)).toThrow(/nothing to see.*no visibilities/);
    expect(() => operatorOf({ ...empty, flagged: realScalar(3) })).toThrow(
      /nothing to see.*3 visibilities, all flagged/,
    );
    expect(() => operatorOf({ ...empty, flagged: real([]) })).toThrow(/flagged: the array is not a single number/);
  });

  it('names what a file lacks', async () => {
    const operator = createKernelAccumulator(createReferenceBackend().kernels, spec).finish();
    const { dirty_image: _, ...rest } = operatorFields(operator);
    expect(() => operatorOf(rest)).toThrow(/dirty_image/);
    try {
      operatorOf(rest);
    } catch (error) {
      expect(isWtildeError(error, 'MissingArgument')).toBe(true);
    }
  });
});
