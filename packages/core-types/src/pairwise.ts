/** Sums whose bits do not depend on who made their parts. */
export interface PairwiseSum<T> {
  /** The next value. */
  add(value: T): void;
  /** The sum of all so far; undefined of none. */
  total(): T | undefined;
}

/**
 * Adds values in pairs, the pairs in pairs, and so on: the binary tree over their order. The total of every aligned block
 * of 2^k values is a node of the tree, so that the sum of such totals, each made elsewhere, has the same bits as the sum of
 * all values; and rounding errors grow with the logarithm of their number.
 *
 * Memory: log2 n sums. `add` must not change its arguments.
 */
export function createPairwiseSum<T>(add: (a: T, b: T) => T): PairwiseSum<T> {
  const nodes: { readonly level: number; readonly sum: T }[] = [];
  return {
    add(value) {
      let node = { level: 0, sum: value };
      for (let last = nodes.at(-1); last?.level === node.level; last = nodes.at(-1)) {
        nodes.pop();
        node = { level: node.level + 1, sum: add(last.sum, node.sum) };
      }
      nodes.push(node);
    },
    total() {
      const last = nodes.at(-1);
      if (last === undefined) return undefined;
      return nodes.slice(0, -1).reduceRight((sum, node) => add(node.sum, sum), last.sum);
    },
  };
}
