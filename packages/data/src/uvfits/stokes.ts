/** Which correlations of a file make the visibilities that are asked for. */
import { WtildeError } from '@wtilde/core-types';
import type { Axis } from './axes.js';

/** AIPS memo 117: codes of the axis STOKES. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'I'],
  [2, 'Q'],
  [3, 'U'],
  [4, 'V'],
  [-1, 'RR'],
  [-2, 'LL'],
  [-3, 'RL'],
  [-4, 'LR'],
  [-5, 'XX'],
  [-6, 'YY'],
  [-7, 'XY'],
  [-8, 'YX'],
]);

/** Both see total intensity, each with noise of its own. */
const parallelHands = [
  ['RR', 'LL'],
  ['XX', 'YY'],
];

/** What a file has, in the order of the axis: a number stands for what has no name. */
export function stokesOf(axis: Axis): readonly string[] {
  return Array.from({ length: axis.extent }, (_, i) => names.get(axis.at(i)) ?? String(axis.at(i)));
}

/**
 * Where on the axis the visibilities are whose weighted mean is asked for: `I` itself, or its parallel hands, or the one
 * of them that is there.
 *
 * @throws InvalidOption where the file has none of that kind.
 */
export function handsOf(asked: string, there: readonly string[], where: string): readonly number[] {
  const name = asked.toUpperCase();
  const itself = there.indexOf(name);
  if (itself >= 0) return [itself];
  const hands = parallelHands.map((pair) => pair.map((hand) => there.indexOf(hand)).filter((at) => at >= 0));
  const found = name === 'I' ? hands.find((pair) => pair.length > 0) : undefined;
  if (found !== undefined) return found;
  throw new WtildeError('InvalidOption', {
    what: 'the file has no such polarization',
    where,
    expected: `one of ${[...new Set([...(hands.some((pair) => pair.length > 0) ? ['I'] : []), ...there])].join(', ')}`,
    actual: asked,
    remedy: 'name one of these',
  });
}
