/** What methods say of themselves at given sizes, as data: it travels where functions do not. */
import type { Sizes } from './descriptor.js';
import type { Options } from './options.js';
import { type Cost, type MethodFacts, mayRun } from './pick.js';

export interface Appraisal {
  readonly cost: Cost;
  /** True, or the reason why not. */
  readonly canRun: true | string;
}

/** By the name of the method. */
export type Appraisals = Readonly<Record<string, Appraisal>>;

export function appraise(
  methods: Readonly<Record<string, MethodFacts>>,
  sizes: Sizes,
  options: Options = {},
): Appraisals {
  const entries = Object.entries(methods).map(([name, method]): [string, Appraisal] => [
    name,
    { cost: method.cost(sizes, options), canRun: mayRun(method, sizes, options) },
  ]);
  return Object.fromEntries(entries);
}

/** Methods for `pick` at the sizes that were appraised. */
export function appraised(appraisals: Appraisals): Readonly<Record<string, MethodFacts>> {
  const entries = Object.entries(appraisals).map(([name, { cost, canRun }]): [string, MethodFacts] => [
    name,
    // What is asked for was known when it was appraised.
    { cost: () => cost, canRun: () => canRun, solves: ['unrestricted', 'positive'] },
  ]);
  return Object.fromEntries(entries);
}
