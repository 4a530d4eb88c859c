import { WtildeError } from '@wtilde/core-types';
import { optionsOf, shown } from '../bytes/fileErrors.js';

/** What scales a generated dataset; M follows from a circular mask on N x N pixels. */
export interface GeneratorOptions {
  /** Side of the square that bounds the unmasked pixels. */
  readonly N?: number;
  /** Visibilities. */
  readonly K?: number;
  /** Source pixels. */
  readonly S?: number;
  /** Slots for mappings per image pixel. */
  readonly B?: number;
  /** Slots for neighbours per source pixel. */
  readonly P?: number;
  /** Another seed gives another dataset of the same kind. Default 0. */
  readonly seed?: number;
}

/** {@link GeneratorOptions} with everything filled in. */
export type GeneratorSizes = Required<GeneratorOptions>;

/**
 * The options over their defaults.
 *
 * @throws InvalidOption where one is not a positive integer (the seed: any integer).
 */
export function generatorSizes(options: GeneratorOptions, defaults: GeneratorSizes): GeneratorSizes {
  const given = Object.entries(optionsOf(options, 'generator')).filter(([, value]) => value !== undefined);
  for (const [key, value] of given) {
    if (!Object.hasOwn(defaults, key)) {
      throw badOption(key, 'the option is not known', Object.keys(defaults).join(', '), key);
    }
    if (!Number.isSafeInteger(value) || (key !== 'seed' && value < 1)) {
      const expected = key === 'seed' ? 'an integer' : 'a positive integer';
      throw badOption(key, 'the option is not a size', expected, shown(value));
    }
  }
  return { ...defaults, ...Object.fromEntries(given) };
}

/** The error for an option of a generator that cannot be used. */
export function badOption(
  where: string,
  what: string,
  expected: string,
  actual: string,
  remedy = 'change it or leave it out for its default',
): WtildeError {
  return new WtildeError('InvalidOption', { what, where, expected, actual, remedy });
}
