// Writes the tables of kernels and methods into the READMEs of the backends; `--check` fails where they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Backend } from '../packages/core-types/dist/index.js';
import { allKernels } from '../packages/core-types/dist/index.js';
import { isBackend, packageDirectories } from './workspace.ts';

const marker = /<!-- kernels -->[\s\S]*<!-- \/kernels -->/;
const stale: string[] = [];

for (const name of packageDirectories().filter(isBackend)) {
  const { kernels, dispose } = await createBackend(name);
  const rows = allKernels().flatMap(({ name: kernel, upstream, number }) => {
    const methods = Object.entries(kernels).find(([key]) => key === kernel)?.[1].methods;
    return methods === undefined
      ? []
      : [`| ${number} | \`${kernel}\` | \`${upstream}\` | ${Object.keys(methods).join(', ')} |`];
  });
  dispose?.();
  const table = ['| # | kernel | upstream | methods |', '|---|---|---|---|', ...rows].join('\n');
  const file = `packages/${name}/README.md`;
  const before = readFileSync(file, 'utf8');
  const after = before.replace(marker, () => `<!-- kernels -->\n${table}\n<!-- /kernels -->`);
  if (before === after) continue;
  if (process.argv.includes('--check')) stale.push(file);
  else writeFileSync(file, after);
}

if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run npm run readme-tables`);
  process.exitCode = 1;
}

/** A backend package exports one factory, whose name starts with `create`. */
async function createBackend(name: string): Promise<Backend> {
  const module: Readonly<Record<string, () => Backend | Promise<Backend>>> = await import(
    `../packages/${name}/dist/index.js`
  );
  const [, factory] = Object.entries(module).find(([key]) => key.startsWith('create')) ?? [];
  if (factory === undefined) throw new Error(`packages/${name} exports no factory create...Backend`);
  return await factory();
}
