import type { Fields } from '../fields.js';
import type { Visibilities } from '../fits/triple.js';
import { visibilitiesOf } from '../fits/visibilities.js';
import { fieldsFromNpz } from '../npz/read.js';

/** The bundled dataset. */
export interface Bundled {
  readonly visibilities: Visibilities;
  /** Every input that a kernel takes, by upstream argument name. */
  readonly fields: Fields;
}

/**
 * Reads the dataset that comes with this package: 405 simulated visibilities of two Gaussians behind
 * an isothermal sphere, 716 pixels, 256 source pixels, displacement phases to 130 rad, equal real
 * and imaginary noise. It was made by `scripts/make-bundled.ts`.
 *
 * It stands in a module, loaded with the first call, so that it is there in every bundle, too: no bundler follows paths
 * to files of a package.
 */
export async function readBundled(): Promise<Bundled> {
  const { inputs } = await import('./inputs.js');
  const bytes = Uint8Array.from(atob(inputs), (character) => character.charCodeAt(0));
  const fields = fieldsFromNpz(bytes, { where: 'the bundled dataset' });
  return { visibilities: visibilitiesOf(fields), fields };
}
