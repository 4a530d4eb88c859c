/** Mistakes in positive sources, each of which looks like one. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import { type Arguments, isRecord, type KernelDescriptor, type LooseResult, type NdArray } from '@wtilde/core-types';
import { arrayWith, isHostArray } from '../contract/values.js';
import { mapNumbers } from './arrays.js';
import { type Mutant, rebuilt, resultOf, withResult } from './mutant.js';

const affects = ({ name }: KernelDescriptor) => name === 'reconstructionPositiveOnlyFrom';

export const positiveMutants: readonly Mutant[] = [
  {
    name: 'the unrestricted source with its negative part cut off',
    affects,
    spoil: withResult((result, { dataVector, curvatureRegMatrix, zeroedPixels }) =>
      withReconstruction(result, () =>
        darkened(
          createReferenceBackend().kernels.reconstructionPositiveNegativeFrom({
            dataVector: arrayWith('real', dataVector),
            curvatureRegMatrix: arrayWith('real', curvatureRegMatrix),
          }),
          zeroedPixels,
        ),
      ),
    ),
  },
  {
    name: 'zeroed pixels solved for and then darkened',
    affects,
    spoil: (kernel) =>
      rebuilt(kernel, (args, options) => {
        const { zeroedPixels, ...others } = args;
        kernel(args, options);
        const result = resultOf(kernel(others, options));
        return withReconstruction(result, (source) => darkened(source, zeroedPixels));
      }),
  },
  {
    name: 'the faintest pixel darkened',
    affects,
    spoil: withResult((result) =>
      withReconstruction(result, (source) => {
        const faintest = Math.min(...Array.from(source.data).filter((value) => value > 0));
        return mapNumbers(source, (value) => (value === faintest ? 0 : value));
      }),
    ),
  },
  {
    name: 'dark pixels a little below zero',
    affects,
    spoil: withResult((result) =>
      withReconstruction(result, (source) => {
        const brightest = Math.max(...source.data);
        return mapNumbers(source, (value) => (value === 0 ? -1e-9 * brightest : value));
      }),
    ),
  },
];

function withReconstruction(result: LooseResult, change: (source: NdArray) => NdArray): LooseResult {
  if (!isRecord(result) || !isHostArray(result.reconstruction)) return result;
  return { ...result, reconstruction: change(result.reconstruction) };
}

/** Nothing below zero, and nothing at zeroed pixels. */
function darkened(source: NdArray, zeroedPixels: Arguments[string]): NdArray {
  const zeroed = isHostArray(zeroedPixels) ? zeroedPixels.data : undefined;
  return mapNumbers(source, (value, at) => (zeroed?.[at] === 1 ? 0 : Math.max(0, value)));
}
