/** W of which columns are lost: W - U U^t, what is left where nuisance parameters have been averaged over. */
import type { NdArray } from '../arrays.js';
import { array } from '../params.js';
import type { ElementOfW } from './evidenceYardsticks.js';

export const lostColumns = array(
  'real',
  ['M', 'Q'],
  'U: W loses U U^t, and has no negative eigenvalue without it; none where Q = 0',
);

/** An element of W - U U^t. */
export function elementLessColumns(w: ElementOfW, { data, shape: [, Q] }: NdArray<'real'>): ElementOfW {
  return (i, j) => {
    let lost = 0;
    for (let q = 0; q < Q; q++) lost += data[i * Q + q] * data[j * Q + q];
    return w(i, j) - lost;
  };
}
