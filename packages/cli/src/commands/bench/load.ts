import { WtildeError } from '@wtilde/core-types';
import { whereInstalled } from '../../backends/installed.js';

const name = '@wtilde/bench';

/**
 * What the command does, where its package is: it brings the suites of the testkit along, and is not installed with the
 * command line.
 */
export async function loadBench<T>(importRun: () => Promise<T>): Promise<T> {
  const run = await whereInstalled(name, importRun);
  if (run !== undefined) return run;
  throw new WtildeError('FileUnreadable', {
    what: `${name} is not installed`,
    where: 'wtilde bench',
    remedy: `npm install ${name} beside wtilde; without installing: npx -p wtilde -p ${name} wtilde bench`,
  });
}
