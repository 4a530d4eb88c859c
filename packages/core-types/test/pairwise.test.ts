import { expect, test } from 'vitest';
import { createPairwiseSum } from '../src/index.js';

const bracketed = (names: readonly string[]) => {
  const sum = createPairwiseSum((a: string, b: string) => `(${a}${b})`);
  for (const name of names) sum.add(name);
  return sum.total();
};

test('values are added in pairs, in their order', () => {
  const totals = ['a', 'ab', 'abc', 'abcd', 'abcdefg'].map((names) => bracketed([...names]));
  expect(totals).toEqual(['a', '(ab)', '((ab)c)', '((ab)(cd))', '(((ab)(cd))((ef)g))']);
  expect(bracketed([])).toBeUndefined();
});

test('the totals of aligned blocks are nodes of the tree', () => {
  const names = [...'abcdefghijklmnopqrstu'];
  for (const length of [1, 2, 4, 8, 16, 32]) {
    const blocks = Array.from({ length: Math.ceil(names.length / length) }, (_, i) =>
      bracketed(names.slice(i * length, (i + 1) * length)),
    );
    expect(bracketed(blocks.map(String))).toBe(bracketed(names));
  }
});

test('a total may be asked for on the way', () => {
  const sum = createPairwiseSum((a: number, b: number) => a + b);
  const totals = [1, 2, 3, 4, 5].map((value) => {
    sum.add(value);
    return sum.total();
  });
  expect(totals).toEqual([1, 3, 6, 10, 15]);
});
