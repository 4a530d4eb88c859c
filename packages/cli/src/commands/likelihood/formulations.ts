import {
  isWtildeError,
  type KernelDescriptor,
  kernels,
  type LooseArgs,
  type Route,
  WtildeError,
} from '@wtilde/core-types';
import type { Fields, Resolver } from '@wtilde/data';

/** One formulation of the evidence: a kernel and the argument of it that describes W. */
interface Formulation {
  readonly kernel: KernelDescriptor;
  readonly w: string;
  /** The name of that argument in files. */
  readonly field: string;
}

/** The preferred one first: the smaller the description of W, the better. */
const formulations: readonly Formulation[] = [
  { kernel: kernels.logLikelihoodFunctionViaWCompactFrom, w: 'wCompact', field: 'w_compact' },
  { kernel: kernels.logLikelihoodFunctionViaPreloadFrom, w: 'wTildePreload', field: 'w_tilde_preload' },
  { kernel: kernels.logLikelihoodFunctionViaWTildeFrom, w: 'wTilde', field: 'w_tilde' },
];

/** An evidence ready to be computed. */
export interface Chosen {
  readonly kernel: KernelDescriptor;
  readonly route: Route;
  readonly args: LooseArgs;
  /** The description of W that is used, by its name in files. */
  readonly via: string;
}

/**
 * The first formulation whose description of W the file holds or allows to compute, with all its arguments.
 *
 * @throws MissingArgument where W cannot be had, or where something else is missing; what the kernels throw.
 */
export function chooseFormulation(resolver: Resolver, fields: Fields, where: string): Chosen {
  for (const { kernel, w, field } of formulations) {
    const { route } = kernel;
    if (route === undefined) continue;
    try {
      return { kernel, route, args: resolver.argumentsOf(kernel), via: field };
    } catch (error) {
      const closed = isWtildeError(error, 'MissingArgument') && error.where === `${kernel.name}(${w})`;
      if (!closed) throw error;
    }
  }
  throw new WtildeError('MissingArgument', {
    what: 'nothing here tells what W is',
    where,
    expected: `grid_size, pixel_scale, uv_wavelengths and noise_map, or one of ${formulations.map(({ field }) => field).join(', ')}`,
    actual: `the fields ${Object.keys(fields).sort().join(', ')}`,
    remedy: 'add what is missing to the file',
  });
}
