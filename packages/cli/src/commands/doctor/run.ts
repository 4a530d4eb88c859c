import { Help } from 'commander';
import { loadAll } from '../../backends/load.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { table } from '../../text/table.js';
import { findingsOf } from './findings.js';
import type { DoctorOptions } from './options.js';

/** `wtilde doctor`: what of this machine can be used. */
export async function doctor({ json }: DoctorOptions, io: Io): Promise<ExitCode> {
  const loaded = await loadAll();
  const findings = findingsOf(loaded);
  for (const { backend } of loaded) backend?.dispose?.();
  if (json) printJson(io, { findings });
  else {
    const rows = findings.map(({ name, usable, found }) => [usable, name, found]);
    const remedies = findings.flatMap(({ name, remedy }) =>
      remedy === undefined ? [] : [`\n${new Help().boxWrap(`${name.trim()}: ${remedy}`, 100)}`],
    );
    print(io, [table([['usable', 'what', 'found'], ...rows]), ...remedies].join('\n'));
  }
  return exitCodes.fine;
}
