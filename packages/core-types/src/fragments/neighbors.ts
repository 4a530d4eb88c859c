/** The neighbours of the source pixels: a graph without loops, given as padded lists. */
import type { NdArray } from '../arrays.js';
import type { Requirement, Sizes, Violation } from '../descriptor.js';
import { array } from '../params.js';

export const neighbors = array('index', ['S', 'P'], 'neighbours of each source pixel; -1 pads', {
  values: 'withRequirement',
});

export const neighborsSizes = array('index', ['S'], 'number of neighbours of each source pixel', {
  values: { from: 0, below: 'P+1' },
});

export interface Neighbors {
  readonly neighbors: NdArray<'index'>;
  readonly neighborsSizes: NdArray<'index'>;
}

/** Neighbours are source pixels, mutual, unique and not the pixel itself. */
export const mutualNeighbors: Requirement<Neighbors> = {
  over: ['neighbors', 'neighborsSizes'],
  check(args, sizes) {
    return outOfRange(args, sizes) ?? notMutual(args, sizes);
  },
};

function outOfRange(given: Neighbors, { S, P }: Sizes): Violation | undefined {
  const lists = given.neighbors.data;
  const counts = given.neighborsSizes.data;
  const lastNamedBy = new Int32Array(S).fill(-1);
  for (let i = 0; i < S; i++) {
    const start = i * P;
    const end = start + counts[i];
    for (let at = start; at < end; at++) {
      const j = lists[at];
      if (j < 0 || j >= S) return bad('IndexOutOfRange', i, at - start, j, `a source pixel from 0 to ${S - 1}`);
      if (j === i) return bad('InvalidValue', i, at - start, j, 'another pixel than itself');
      if (lastNamedBy[j] === i) return bad('InvalidValue', i, at - start, j, 'each neighbour once');
      lastNamedBy[j] = i;
    }
  }
  return undefined;
}

function notMutual(given: Neighbors, { S, P }: Sizes): Violation | undefined {
  const lists = given.neighbors.data;
  const counts = given.neighborsSizes.data;
  for (let i = 0; i < S; i++) {
    const start = i * P;
    const end = start + counts[i];
    for (let at = start; at < end; at++) {
      const j = lists[at];
      let theirs = j * P;
      const last = theirs + counts[j];
      while (theirs < last && lists[theirs] !== i) theirs++;
      if (theirs === last) return bad('InvalidValue', i, at - start, j, `pixel ${j} to name pixel ${i} as well`);
    }
  }
  return undefined;
}

function bad(code: Violation['code'], pixel: number, slot: number, value: number, expected: string): Violation {
  return {
    code,
    argument: 'neighbors',
    what: 'the neighbours are no undirected graph',
    expected,
    actual: `${value} at [${pixel}, ${slot}]`,
    remedy: 'list every edge at both of its ends, once',
  };
}
