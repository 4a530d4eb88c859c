import { availableParallelism } from 'node:os';
import { loadAvailable } from '../backends/load.js';
import { version } from '../version.js';

/** What `wtilde` says when nothing was asked: what it is, what it found, what to type first. */
export async function greeting(): Promise<string> {
  const ready = await loadAvailable('float64');
  const ids = ready.map(({ id }) => id).filter((id) => id !== 'reference');
  for (const backend of ready) backend.dispose?.();
  return `wtilde ${version()}: sources behind gravitational lenses, from the visibilities of an interferometer.

On this machine it runs on ${ids.toReversed().join(' and ')}, with ${availableParallelism()} cores. wtilde doctor tells more, of GPUs too.

  wtilde explore                  an example in a browser: drag the lens, watch the source
  wtilde likelihood               a bundled dataset on every backend
  wtilde import FILE --out DIR    visibilities of your own: UVFITS, NumPy arrays, FITS
  wtilde evidence --data DIR --mask-radius 3 --pixel-scale 0.1 --shape 70 --lens lens.json --out result
                                  the evidence of a lens model, and pictures of its source

wtilde --help lists every command; wtilde evidence --help says what stands in lens.json.`;
}
