/** Changes of arguments under which results change in a known way. */
import { complex, index, type LooseArgs, lanes, type NdArray, real } from '@wtilde/core-types';
import { arrayOf, isHostArray } from '../contract/values.js';
import { arrayIn } from './property.js';

/** Arguments with one entry per visibility, by name. */
const perVisibility = ['uvWavelengths', 'data', 'noiseMap', 'noiseMapReal', 'visibilitiesReal'];

/** The arguments with their visibilities chosen and ordered as listed. */
export function withVisibilities(args: LooseArgs, chosen: readonly number[]): LooseArgs {
  return mapArgs(args, (name, array) => (perVisibility.includes(name) ? rows(array, chosen) : array));
}

/** (u, v, d) -> (-u, -v, conj d): the same data seen from the other end of every baseline. */
export function conjugated(args: LooseArgs): LooseArgs {
  return mapArgs(args, (name, array) => {
    if (name === 'uvWavelengths')
      return real(
        Float64Array.from(array.data, (value) => -value),
        array.shape,
      );
    if (name === 'data') return complex(Float64Array.from(array.data, (part, at) => (at % 2 === 1 ? -part : part)));
    return array;
  });
}

/** The arguments with the real noise, or both parts of it, times a factor. */
export function noisier(args: LooseArgs, factor: number): LooseArgs {
  return mapArgs(args, (name, array) =>
    name === 'noiseMapReal' || name === 'noiseMap'
      ? arrayOf(
          array.dtype,
          Float64Array.from(array.data, (noise) => factor * noise),
          array.shape,
        )
      : array,
  );
}

/** The arguments with source pixel p called `names[p]`. */
export function relabelled(args: LooseArgs, names: readonly number[]): LooseArgs {
  const inverse = names.map((_, label) => names.indexOf(label));
  return mapArgs(args, (name, array) => {
    if (name === 'pixIndexesForSubSlimIndex') return renamed(array, names);
    if (name === 'neighbors') return renamed(rows(array, inverse), names);
    return name === 'neighborsSizes' ? rows(array, inverse) : array;
  });
}

/**
 * The arguments of an evidence with one source pixel for every connected mesh of theirs, S pixels of it. Weights are
 * divided by sqrt(S), so that an even source costs in the ridge what it costs on the mesh: what a coefficient without
 * end leaves of the mesh.
 */
export function mergedMeshes(args: LooseArgs): LooseArgs {
  const lists = arrayIn(args.neighbors, 'neighbors');
  const lengths = arrayIn(args.neighborsSizes, 'neighborsSizes').data;
  const [size, slots] = lists.shape;
  const meshOf = new Int32Array(size).fill(-1);
  const counts: number[] = [];
  for (let first = 0; first < size; first++) {
    if (meshOf[first] >= 0) continue;
    const reached = [first];
    meshOf[first] = counts.length;
    for (const pixel of reached) {
      for (const neighbor of lists.data.subarray(pixel * slots, pixel * slots + lengths[pixel])) {
        if (meshOf[neighbor] >= 0) continue;
        meshOf[neighbor] = counts.length;
        reached.push(neighbor);
      }
    }
    counts.push(reached.length);
  }
  const pixIndexes = arrayIn(args.pixIndexesForSubSlimIndex, 'pixIndexesForSubSlimIndex');
  const merged = renamed(pixIndexes, Array.from(meshOf));
  const weights = arrayIn(args.pixWeightsForSubSlimIndex, 'pixWeightsForSubSlimIndex');
  const scaled = Float64Array.from(weights.data, (weight, at) => weight / Math.sqrt(counts[merged.data[at]] ?? 1));
  return {
    ...args,
    pixels: counts.length,
    pixIndexesForSubSlimIndex: merged,
    pixWeightsForSubSlimIndex: real(scaled, weights.shape),
    neighbors: index(new Int32Array(counts.length * slots).fill(-1), [counts.length, slots]),
    neighborsSizes: index(new Int32Array(counts.length)),
  };
}

/** 0 .. count - 1 in an order that has nothing regular. */
export function shuffled(count: number): readonly number[] {
  const keys = Array.from({ length: count }, (_, at) => ({ at, key: Math.sin(12.9898 * (at + 1)) * 43758.5453 }));
  return keys.sort((a, b) => (a.key % 1) - (b.key % 1)).map(({ at }) => at);
}

/** The rows of an array, chosen and ordered as listed. */
export function rows(array: NdArray, chosen: readonly number[]): NdArray {
  const width = lanes(array.dtype) * array.shape.slice(1).reduce((product, extent) => product * extent, 1);
  const data = chosen.flatMap((row) => Array.from(array.data.subarray(row * width, (row + 1) * width)));
  return arrayOf(array.dtype, data, [chosen.length, ...array.shape.slice(1)]);
}

/** A matrix with rows and columns exchanged. */
export function transposed(matrix: NdArray): NdArray {
  const [height, width] = matrix.shape;
  const data = Array.from(
    { length: height * width },
    (_, at) => matrix.data[(at % height) * width + Math.floor(at / height)],
  );
  return arrayOf(matrix.dtype, data, [width, height]);
}

/** How many visibilities the arguments hold. */
export function visibilityCount(args: LooseArgs): number {
  const name = perVisibility.find((candidate) => args[candidate] !== undefined);
  return name === undefined ? 0 : arrayIn(args[name], name).shape[0];
}

function renamed(array: NdArray, names: readonly number[]): NdArray {
  return index(
    Int32Array.from(array.data, (pixel) => (pixel < 0 ? pixel : names[pixel])),
    array.shape,
  );
}

function mapArgs(args: LooseArgs, change: (name: string, array: NdArray) => NdArray): LooseArgs {
  const entries = Object.entries(args).map(([name, value]) => [name, isHostArray(value) ? change(name, value) : value]);
  return Object.fromEntries(entries);
}
