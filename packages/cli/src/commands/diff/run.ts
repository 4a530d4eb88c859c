import { allKernels, type Backend, WtildeError } from '@wtilde/core-types';
import { loadAll, loadBackend } from '../../backends/load.js';
import { lacking } from '../../backends/looseKernel.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print } from '../../io.js';
import { methodTable } from '../../text/methodTable.js';
import { table } from '../../text/table.js';
import type { DiffOptions } from './options.js';

/** `wtilde diff [A B]`: which kernels backends have and have not, and where signatures differ from upstream's. */
export async function diff(_: DiffOptions, io: Io, [a, b]: readonly string[]): Promise<ExitCode> {
  const backends = await chosen(a, b, io);
  print(
    io,
    [
      'Kernels by upstream name, with the methods of each backend; - where it does not have the kernel:',
      methodTable(backends),
      '',
      ...backends.map(completeness),
      '',
      'Where a signature or a meaning differs from upstream (python-autojax):',
      upstreamDifferences(),
      '',
      `Kernels that upstream does not have under this name: ${ours().join(', ')}.`,
    ].join('\n'),
  );
  for (const backend of backends) backend.dispose?.();
  return exitCodes.fine;
}

async function chosen(a: string | undefined, b: string | undefined, io: Io): Promise<readonly Backend[]> {
  if (a !== undefined && b !== undefined) return await Promise.all([loadBackend(a), loadBackend(b)]);
  if (a !== undefined) {
    throw new WtildeError('InvalidOption', {
      what: 'one backend cannot be compared',
      where: 'diff',
      expected: 'two backends, or none for all that are installed',
      actual: a,
      remedy: `name another one, as in wtilde diff ${a} ${a === 'loops' ? 'reference' : 'loops'}`,
    });
  }
  const loaded = await loadAll();
  const absent = loaded.flatMap(({ candidate, backend }) => (backend === undefined ? [candidate.id] : []));
  if (absent.length > 0) print(io, `Not available: ${absent.join(', ')} (wtilde backends says why).\n`);
  return loaded.flatMap(({ backend }) => backend ?? []);
}

function completeness(backend: Backend): string {
  const all = allKernels();
  const names = new Map(all.map(({ name, upstream }) => [name, upstream]));
  const missing = lacking(backend, [...names.keys()]).map((name) => names.get(name));
  if (missing.length === 0) return `${backend.id} has all ${all.length} kernels.`;
  return `${backend.id} has ${all.length - missing.length} of ${all.length} kernels; it has not ${missing.join(', ')}.`;
}

function upstreamDifferences(): string {
  return table(
    allKernels().flatMap(({ number, upstream, upstreamDifference }) =>
      upstreamDifference === undefined ? [] : [[String(number), `${upstream}: ${upstreamDifference}`]],
    ),
    new Set([0]),
  );
}

function ours(): readonly string[] {
  return allKernels().flatMap(({ origin, upstream }) => (origin === 'wtilde' ? [upstream] : []));
}
