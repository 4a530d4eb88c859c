/** What accumulators are given, checked as the arguments of kernels are. */

import { defineKernel, type KernelDescriptor } from './descriptor.js';
import * as on from './fragments/visibilities.js';
import { nativeIndexInSquare } from './fragments/wTables.js';
import type { LooseArgs } from './loose.js';
import * as is from './params.js';
import { createValidator } from './validate.js';
import type { AccumulatorSpec, VisibilityChunk } from './visibilities.js';

/** No kernel: the parameters are what counts. */
function described(name: string, params: KernelDescriptor['params']): KernelDescriptor {
  return defineKernel({
    name,
    upstream: name,
    number: 0,
    origin: 'wtilde',
    formula: '',
    params,
    returns: is.scalarResult('exact', ''),
    minimumPrecision: 'float32',
  });
}

const optional = { kind: 'scalar', type: 'real', optional: true } as const;

const specs = createValidator(
  described('createAccumulator', {
    gridSize: is.size('N', 'side of the square that bounds the unmasked pixels'),
    pixelScale: is.scalar('side of a pixel in arcsec'),
    gridRadiansSlim: on.gridRadiansSlim,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    tolerance: { ...optional, doc: 'error allowed, relative to the sum of absolute strengths' },
    expectedVisibilities: { ...optional, minimum: 0, doc: 'about how many visibilities will come' },
  }),
);

const chunks = createValidator(
  described('accumulator.add', { data: on.visibilities, noiseMap: on.noiseMap, uvWavelengths: on.uvWavelengths }),
);

/** The spec as a plain object. Throws the typed error of the field concerned. */
export function checkedSpec(spec: AccumulatorSpec): AccumulatorSpec;
export function checkedSpec(spec: object): object {
  return specs.validate(loose(spec)).args;
}

/** The chunk as a plain object. Its values are left alone: those of flagged visibilities mean nothing. */
export function checkedChunk(chunk: VisibilityChunk): VisibilityChunk;
export function checkedChunk(chunk: object): object {
  return chunks.validate(loose(chunk), 'shapes').args;
}

function loose(given: object): LooseArgs;
function loose(given: object): object {
  return given;
}
