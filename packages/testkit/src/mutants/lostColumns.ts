/** Mistakes with what W loses. */
import { isRecord, type LooseResult } from '@wtilde/core-types';
import { isHostArray } from '../contract/values.js';
import { mapArrays, mapNumbers } from './arrays.js';
import { type Mutant, resultOf, takes, withArguments, withResult } from './mutant.js';

const name = 'lostColumns';
const nothing = (args: Parameters<typeof mapArrays>[0]) =>
  mapArrays(args, [name], (array) => mapNumbers(array, () => 0));

export const lostColumnsMutants: readonly Mutant[] = [
  { name: 'nothing lost', affects: takes(name), spoil: withArguments(nothing) },
  {
    name: 'what the last column takes is not lost',
    affects: takes(name),
    spoil: withArguments((args) =>
      mapArrays(args, [name], (array) =>
        mapNumbers(array, (value, at) => (at % array.shape[1] === array.shape[1] - 1 ? 0 : value)),
      ),
    ),
  },
  {
    name: 'derivatives that gain what W loses',
    affects: (descriptor) =>
      takes(name)(descriptor) &&
      descriptor.returns.kind === 'record' &&
      Object.hasOwn(descriptor.returns.entries, 'logEvidenceByMapping'),
    spoil: (kernel) =>
      withResult((result, args) => mirrored(resultOf(kernel(nothing(args), { check: 'shapes' })), result))(kernel),
  },
];

/** The derivatives by the mapping as far on the other side of those without columns. */
function mirrored(without: LooseResult, result: LooseResult): LooseResult {
  if (!isRecord(without) || !isRecord(result)) return result;
  const entries = Object.entries(result).map(([entry, value]) => {
    const whole = without[entry];
    return entry.endsWith('ByMapping') && isHostArray(value) && isHostArray(whole)
      ? [entry, mapNumbers(value, (each, at) => 2 * whole.data[at] - each)]
      : [entry, value];
  });
  return Object.fromEntries(entries);
}
