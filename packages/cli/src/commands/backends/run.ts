import { allKernels, type Backend, type WtildeError } from '@wtilde/core-types';
import { type Loaded, loadAll } from '../../backends/load.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { factLines } from '../../text/facts.js';
import { methodsOf, methodTable } from '../../text/methodTable.js';
import { table } from '../../text/table.js';
import type { BackendsOptions } from './options.js';

/** `wtilde backends`: what there is, what it can do, and why the rest is not there. */
export async function backends({ json }: BackendsOptions, io: Io): Promise<ExitCode> {
  const loaded = await loadAll();
  if (json) {
    printJson(io, { backends: loaded.map(jsonOf) });
    return exitCodes.fine;
  }
  const ready = loaded.flatMap(({ backend }) => backend ?? []);
  print(
    io,
    [
      table([['backend', 'precision', 'available'], ...loaded.map(rowOf)]),
      '',
      ...ready.flatMap(({ id, info }) => factLines(id, info)),
      '',
      'Kernels by upstream name, with the methods of each backend:',
      methodTable(ready),
    ].join('\n'),
  );
  for (const { backend } of loaded) backend?.dispose?.();
  return exitCodes.fine;
}

function rowOf(loaded: Loaded): readonly string[] {
  const { id, precision } = loaded.candidate;
  if (loaded.backend === undefined) return [id, precision, `no: ${reasonOf(loaded.error)}; ${loaded.error.remedy}`];
  const { kernels, info } = loaded.backend;
  return [id, precision, `yes, ${Object.keys(kernels).length} of ${allKernels().length} kernels: ${info.summary}`];
}

function jsonOf(loaded: Loaded): object {
  const { id, precision } = loaded.candidate;
  if (loaded.backend === undefined) {
    return { id, precision, available: false, reason: reasonOf(loaded.error), remedy: loaded.error.remedy };
  }
  return { id, precision, available: true, info: loaded.backend.info, kernels: kernelsOf(loaded.backend) };
}

function reasonOf({ what, actual }: WtildeError): string {
  return (actual === undefined ? what : `${what} (${actual})`).replace(/\s+/g, ' ');
}

function kernelsOf(backend: Backend): readonly object[] {
  return allKernels().flatMap(({ name, upstream }) => {
    const methods = methodsOf(backend, name);
    return methods.length === 0 ? [] : [{ name, upstream, methods }];
  });
}
