/** A regularization by differences of neighbours: weights of the edges, and what holds a source pixel beside them. */
import type { NdArray } from '../arrays.js';
import type { Requirement, Sizes, Violation } from '../descriptor.js';
import { array } from '../params.js';
import { mutualNeighbors, type Neighbors, neighbors, neighborsSizes } from './neighbors.js';

const weightsDoc =
  'weight of the edge to each neighbour, at least 0 and the same from both ends; ignored beyond neighborsSizes';
const diagonalDoc = 'what holds each source pixel beside its edges, at least 0';

/** The four parameters of a weighted graph. */
export const weightedGraph = {
  neighbors,
  neighborsSizes,
  weights: array('real', ['S', 'P'], weightsDoc, { values: 'withRequirement' }),
  diagonal: array('real', ['S'], diagonalDoc),
};

interface Weighted extends Neighbors {
  readonly weights: NdArray<'real'>;
  readonly diagonal: NdArray<'real'>;
}

/** Weights are finite, not negative and the same from both ends, diagonals not negative. */
const mutualWeights: Requirement<Weighted> = {
  over: ['neighbors', 'neighborsSizes', 'weights', 'diagonal'],
  check: (args, sizes) => badWeight(args, sizes) ?? badDiagonal(args),
};

/** Both requirements of a weighted graph. */
export const asWeightedGraph = [mutualNeighbors, mutualWeights] as const;

function badWeight(
  { neighbors: lists, neighborsSizes: counts, weights }: Weighted,
  { S, P }: Sizes,
): Violation | undefined {
  for (let i = 0; i < S; i++) {
    for (let slot = 0; slot < counts.data[i]; slot++) {
      const weight = weights.data[i * P + slot];
      if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
        return bad('weights', i, slot, weight, 'a finite number of at least 0', 'correct the weight');
      }
      const j = lists.data[i * P + slot];
      let at = j * P;
      while (at < j * P + counts.data[j] && lists.data[at] !== i) at++;
      if (weights.data[at] !== weight) {
        const there = `${weights.data[at]}, as at [${j}, ${at - j * P}]`;
        return bad('weights', i, slot, weight, there, 'give an edge the same weight at both of its ends');
      }
    }
  }
  return undefined;
}

function badDiagonal({ diagonal }: Weighted): Violation | undefined {
  const at = diagonal.data.findIndex((value) => value < 0);
  return at < 0
    ? undefined
    : bad('diagonal', at, undefined, diagonal.data[at], 'a number of at least 0', 'correct the diagonal');
}

function bad(
  argument: string,
  pixel: number,
  slot: number | undefined,
  value: number,
  expected: string,
  remedy: string,
): Violation {
  return {
    code: 'InvalidValue',
    argument,
    what: 'the regularization is no weighted graph',
    expected,
    actual: `${value} at [${slot === undefined ? pixel : `${pixel}, ${slot}`}]`,
    remedy,
  };
}
