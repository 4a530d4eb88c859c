import {
  type Backend,
  findKernel,
  type KernelDescriptor,
  type Options,
  type Precision,
  type Sizes,
  symbolsOf,
} from '@wtilde/core-types';
import { callOptions } from './callOptions.js';
import { candidates, decide, examine, type Question } from './decide.js';
import type { DispatchOptions } from './options.js';
import { factsOf } from './records.js';
import { refusalError } from './refusal.js';
import type { Settings } from './settings.js';
import type { Work } from './work.js';

/** What a call would do, and why not something else. JSON values only. */
export interface Explanation {
  readonly kernel: string;
  readonly upstream: string;
  readonly runs: 'whole' | 'composed' | 'not at all';
  readonly backend?: string;
  readonly precision?: Precision;
  /** The vector instructions that compute, where the last digits depend on them. */
  readonly simd?: string;
  /** Left out where it cannot be told. */
  readonly method?: string;
  /** What would have to be known to tell the method. */
  readonly missingSizes?: readonly string[];
  readonly why: string;
  /** The other methods of the same kernel, each with the reason. */
  readonly otherMethods?: Readonly<Record<string, string>>;
  /** Every other backend, with the reason why it would not run the kernel whole. */
  readonly otherBackends: Readonly<Record<string, string>>;
  /** The steps of the route, where it is composed. */
  readonly steps?: readonly Explanation[];
}

/**
 * Explains the choice for a kernel, named in either spelling. Methods and their limits are considered only where all
 * sizes are given. Throws UnknownKernel, UnknownBackend, InvalidOption.
 */
export function* explain(settings: Settings, name: string, sizes: Sizes, asked?: DispatchOptions): Work<Explanation> {
  const descriptor = findKernel(name);
  const { backend, options } = callOptions(asked, descriptor.name);
  return yield* explainOne(settings, descriptor, sizes, options, backend, undefined);
}

function* explainOne(
  settings: Settings,
  descriptor: KernelDescriptor,
  sizes: Sizes,
  options: Options,
  backend: string | undefined,
  parent: KernelDescriptor | undefined,
): Work<Explanation> {
  const missing = missingSizes(descriptor, sizes);
  const question: Question = {
    descriptor,
    options,
    backend,
    parent,
    sizes: () => (missing.length === 0 ? sizes : undefined),
    beforeAsking() {},
  };
  const decision = yield* decide(settings, question);
  const base = { kernel: descriptor.name, upstream: descriptor.upstream };
  if (decision.kind === 'refuse') {
    const { message: why } = yield* refusalError(settings, question, decision);
    return { ...base, runs: 'not at all', why, otherBackends: yield* others(settings, question, undefined) };
  }
  if (decision.kind === 'compose') {
    // A column made of a vector is the only size that a step has and its composite has not.
    const stepSizes = { S2: 1, ...sizes };
    const steps: Explanation[] = [];
    for (const { kernel } of decision.route.steps) {
      steps.push(yield* explainOne(settings, findKernel(kernel), stepSizes, {}, backend, descriptor));
    }
    return {
      ...base,
      runs: 'composed',
      why: decision.why,
      otherBackends: yield* others(settings, question, undefined),
      steps,
    };
  }
  const { backend: taken, choice, why } = decision;
  return {
    ...base,
    runs: 'whole',
    ...factsOf(taken),
    ...(choice === undefined ? { missingSizes: missing } : { method: choice.method, otherMethods: choice.rejected }),
    why,
    otherBackends: yield* others(settings, question, taken),
  };
}

function* others(
  settings: Settings,
  question: Question,
  taken: Backend | undefined,
): Work<Readonly<Record<string, string>>> {
  const order = candidates(settings, question).map(({ backend }) => backend);
  function* why(backend: Backend): Work<string> {
    const verdict = yield* examine(settings, question, backend);
    if (verdict.kind === 'skip') return verdict.skipped.why;
    if (!order.includes(backend)) {
      return question.backend === undefined
        ? 'could run it, but is neither the default nor a fallback'
        : `could run it, but ${question.backend} was asked for`;
    }
    return taken === undefined
      ? 'could run it whole, but float32 was asked for a step'
      : `could run it, but comes after ${taken.id}`;
  }
  const reasons: Record<string, string> = {};
  for (const each of settings.backends) if (each !== taken) reasons[each.id] = yield* why(each);
  return reasons;
}

/** The symbols and measures of a kernel that are not among the sizes. */
function missingSizes({ params, measures }: KernelDescriptor, sizes: Sizes): readonly string[] {
  const needed = new Set(Object.keys(measures));
  for (const param of Object.values(params)) {
    for (const symbol of symbolsOf(param)) needed.add(symbol);
  }
  return [...needed].filter((name) => sizes[name] === undefined);
}
