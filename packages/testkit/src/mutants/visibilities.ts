/** Mistakes in what is summed over visibilities. */
import { isHostArray } from '../contract/values.js';
import { rows } from '../properties/transformations.js';
import { mapArrays, mapNumbers } from './arrays.js';
import { type Mutant, takes, withArguments } from './mutant.js';

const perVisibility = ['uvWavelengths', 'data', 'noiseMap', 'noiseMapReal', 'visibilitiesReal'];

export const visibilityMutants: readonly Mutant[] = [
  {
    name: 'u and v swapped',
    affects: takes('uvWavelengths'),
    spoil: withArguments((args) =>
      mapArrays(args, ['uvWavelengths'], (uv) => mapNumbers(uv, (_, at) => uv.data[at % 2 === 0 ? at + 1 : at - 1])),
    ),
  },
  {
    name: 'v with the wrong sign',
    affects: takes('uvWavelengths'),
    spoil: withArguments((args) =>
      mapArrays(args, ['uvWavelengths'], (uv) => mapNumbers(uv, (value, at) => (at % 2 === 1 ? -value : value))),
    ),
  },
  {
    name: 'imaginary part with the wrong sign',
    // |v|^2 does not see it.
    affects: (descriptor) => takes('data')(descriptor) && takes('gridRadiansSlim')(descriptor),
    spoil: withArguments((args) =>
      mapArrays(args, ['data'], (data) => mapNumbers(data, (value, at) => (at % 2 === 1 ? -value : value))),
    ),
  },
  {
    name: 'baselines rounded to float32',
    affects: takes('uvWavelengths'),
    spoil: withArguments((args) => mapArrays(args, ['uvWavelengths'], (uv) => mapNumbers(uv, Math.fround))),
  },
  {
    name: 'last visibility dropped',
    // A transform of the image returns every visibility, so that there it shows in the shape.
    affects: takes(...perVisibility),
    spoil: withArguments((args) =>
      mapArrays(args, perVisibility, (array) =>
        rows(
          array,
          Array.from({ length: Math.max(0, array.shape[0] - 1) }, (_, k) => k),
        ),
      ),
    ),
  },
  {
    name: 'imaginary noise taken for real noise',
    affects: takes('noiseMap'),
    spoil: withArguments((args) =>
      mapArrays(args, ['noiseMap'], (noise) => mapNumbers(noise, (_, at) => noise.data[at - (at % 2)])),
    ),
  },
  {
    name: 'rows of the image counted upwards',
    affects: takes('gridRadiansSlim'),
    spoil: withArguments((args) =>
      mapArrays(args, ['gridRadiansSlim'], (grid) => mapNumbers(grid, (value, at) => (at % 2 === 0 ? -value : value))),
    ),
  },
  {
    name: 'NaN where there are no visibilities',
    affects: takes('noiseMapReal'),
    spoil: withArguments((args) => {
      const noise = args.noiseMapReal;
      const empty = isHostArray(noise) && noise.data.length === 0;
      const one = { dtype: 'real', shape: [1], data: Float64Array.of(Number.NaN) };
      const changed = { noiseMapReal: one, uvWavelengths: { ...one, shape: [1, 2], data: Float64Array.of(1, 1) } };
      const also = 'visibilitiesReal' in args ? { visibilitiesReal: one } : {};
      return empty ? { ...args, ...changed, ...also } : args;
    }),
  },
];
