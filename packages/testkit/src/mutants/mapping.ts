/** Mistakes in mappings, tables by displacement and regularization. */
import type { Arguments, NdArray } from '@wtilde/core-types';
import { arrayOf, isHostArray } from '../contract/values.js';
import { mapArrays, mapNumbers } from './arrays.js';
import { type Mutant, takes, withArguments, withResult } from './mutant.js';

const tables = ['wCompact', 'wTildePreload', 'curvaturePreload'];

export const mappingMutants: readonly Mutant[] = [
  {
    name: '-1 used as an index',
    affects: takes('pixIndexesForSubSlimIndex'),
    // The last source pixel, as languages have it that count negative indices from the end.
    spoil: withArguments((args) => {
      const last = Number(args.pixels) - 1;
      const named = mapArrays(args, ['pixIndexesForSubSlimIndex'], (a) => mapNumbers(a, (p) => (p < 0 ? last : p)));
      const weighed = mapArrays(named, ['pixWeightsForSubSlimIndex'], (a) =>
        mapNumbers(a, (weight) => (Number.isNaN(weight) ? 0.5 : weight)),
      );
      return withoutSizes(weighed);
    }),
  },
  {
    name: 'duplicates in a row overwritten',
    affects: takes('pixIndexesForSubSlimIndex'),
    spoil: withArguments((args) => ({ ...args, pixWeightsForSubSlimIndex: lastOfDuplicates(args) })),
  },
  {
    name: 'weights clipped to [0, 1]',
    affects: takes('pixWeightsForSubSlimIndex'),
    spoil: withArguments((args) =>
      mapArrays(args, ['pixWeightsForSubSlimIndex'], (a) => mapNumbers(a, (w) => Math.max(0, Math.min(1, w)))),
    ),
  },
  {
    name: 'off by one in the table of displacements',
    affects: takes(...tables),
    spoil: withArguments((args) =>
      mapArrays(args, tables, (table) => {
        const width = table.shape[1];
        return mapNumbers(table, (_, at) => table.data[at - (at % width) + ((at + 1) % width)]);
      }),
    ),
  },
  {
    name: 'table of displacements mirrored',
    affects: takes(...tables),
    spoil: withArguments((args) =>
      mapArrays(args, tables, (table) => {
        const width = table.shape[1];
        // A compact table has its origin in the middle, a preload table at the start.
        const mirror = (column: number) => ('wCompact' in args ? width - 1 - column : (width - column) % width);
        return mapNumbers(table, (_, at) => table.data[at - (at % width) + mirror(at % width)]);
      }),
    ),
  },
  {
    name: 'rows and columns of pixels swapped',
    affects: takes('nativeIndexForSlimIndex'),
    // In a square box only: in another one the indices would be out of range, as anybody would notice.
    spoil: withArguments((args) => {
      const table = tables.map((name) => args[name]).find(isHostArray);
      const square = table !== undefined && (table.shape[0] === table.shape[1] || 'wCompact' in args);
      return mapArrays(args, square ? ['nativeIndexForSlimIndex'] : [], (native) =>
        mapNumbers(native, (_, at) => native.data[at % 2 === 0 ? at + 1 : at - 1]),
      );
    }),
  },
  {
    name: 'coefficient not squared',
    affects: takes('coefficient'),
    spoil: withArguments((args) => ({ ...args, coefficient: Math.sqrt(Math.abs(Number(args.coefficient ?? 1))) })),
  },
  {
    name: 'ridge of 1e-8 left out',
    affects: ({ name }) => name === 'constantRegularizationMatrixFrom',
    spoil: withResult((H) => (isHostArray(H) ? withoutRidge(H) : H)),
  },
  {
    name: 'every edge weighs what the first does',
    affects: takes('weights'),
    spoil: withArguments((args) =>
      mapArrays(args, ['weights'], (weights) => mapNumbers(weights, () => weights.data[0])),
    ),
  },
  {
    name: 'diagonal of the graph ignored where it is small',
    affects: takes('diagonal'),
    spoil: withArguments((args) =>
      mapArrays(args, ['diagonal'], (diagonal) => mapNumbers(diagonal, (value) => (value < 1e-6 ? 1e-12 : value))),
    ),
  },
  {
    name: 'pixels on the circle masked',
    affects: takes('radius'),
    spoil: withArguments((args) => ({ ...args, radius: Number(args.radius) * (1 - 1e-12) })),
  },
];

function withoutSizes({ pixSizeForSubSlimIndex: _, ...args }: Arguments): Arguments {
  return args;
}

function withoutRidge(H: NdArray): NdArray {
  const size = H.shape[0] + 1;
  return mapNumbers(H, (value, at) => (at % size === 0 ? value - 1e-8 : value));
}

function lastOfDuplicates(args: Arguments): unknown {
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = args;
  if (!isHostArray(indexes) || !isHostArray(weights)) return weights;
  const width = indexes.shape[1];
  const data = Array.from(weights.data, (weight, at) => {
    const rest = indexes.data.subarray(at + 1, at - (at % width) + width);
    return rest.includes(indexes.data[at]) ? 0 : weight;
  });
  return arrayOf('real', data, weights.shape);
}
