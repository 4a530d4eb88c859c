import { createReferenceBackend } from '@wtilde/backend-reference';
import { type AccumulatorSpec, accumulate, createKernelAccumulator, isWtildeError, real } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import {
  preparedVisibilitiesFields,
  preparedVisibilitiesOf,
  readPreparedVisibilities,
  realScalar,
  requireField,
  smaLike,
  visibilitiesOf,
  writePreparedVisibilities,
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
    const sums = await accumulate(accumulator, [visibilitiesOf(fields)]);
    expect(readPreparedVisibilities(writePreparedVisibilities(sums))).toEqual(sums);
  });

  it('is refused where it was made of nothing, or of numbers that are none', async () => {
    const accumulator = createKernelAccumulator(createReferenceBackend().kernels, spec);
    const empty = preparedVisibilitiesFields(accumulator.finish());
    expect(() => preparedVisibilitiesOf(empty)).toThrow(/nothing to see.*no visibilities/);
    expect(() => preparedVisibilitiesOf({ ...empty, flagged: realScalar(3) })).toThrow(
      /nothing to see.*3 visibilities, all flagged/,
    );
    expect(() => preparedVisibilitiesOf({ ...empty, flagged: real([]) })).toThrow(
      /flagged: the array is not a single number/,
    );
  });

  it('names what a file lacks', async () => {
    const sums = createKernelAccumulator(createReferenceBackend().kernels, spec).finish();
    const { dirty_image: _, ...rest } = preparedVisibilitiesFields(sums);
    expect(() => preparedVisibilitiesOf(rest)).toThrow(/dirty_image/);
    try {
      preparedVisibilitiesOf(rest);
    } catch (error) {
      expect(isWtildeError(error, 'MissingArgument')).toBe(true);
    }
  });
});
