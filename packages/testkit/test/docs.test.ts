import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/add-a-backend.md', root), 'utf8');
const blocks = [...page.matchAll(/^`([^`]+)`[^\n]*:\n\n```\w+\n([\s\S]*?)^```/gm)].map(([, file, code]) => ({
  file,
  code,
}));

it('docs/add-a-backend.md shows the whole example', () => {
  expect(blocks.map(({ file }) => file)).toEqual([
    'package.json',
    'src/kernels/chiSquared0From.ts',
    'src/kernels/sparseMappingMatrixTransposeMatmul.ts',
    'src/index.ts',
    'test/equivalence.test.ts',
  ]);
});

it.each(blocks)('docs/add-a-backend.md shows $file as it is', ({ file, code }) => {
  expect(code).toBe(readFileSync(new URL(`examples/third-party-backend/${file}`, root), 'utf8'));
});
