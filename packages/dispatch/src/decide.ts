import {
  appraised,
  type Backend,
  type Choice,
  findKernel,
  isWtildeError,
  type KernelDescriptor,
  kernelOf,
  type LooseKernel,
  type MethodFacts,
  type Options,
  pick,
  type Route,
  type Sizes,
} from '@wtilde/core-types';
import { knownId } from './environment.js';
import type { Skipped } from './events.js';
import type { Settings } from './settings.js';
import { type Work, wait } from './work.js';

/** What is to be decided: which backend runs this kernel. */
export interface Question {
  readonly descriptor: KernelDescriptor;
  readonly options: Options;
  /** The backend that the caller insists on. */
  readonly backend: string | undefined;
  /** The composite whose step this is. */
  readonly parent: KernelDescriptor | undefined;
  /** All sizes and measures; undefined where some are not known: they then neither choose a method nor refuse one. */
  sizes(kernel: LooseKernel): Sizes | undefined;
  /** Who is told of what is decided, beside whom the settings name. */
  readonly onEvent?: Settings['onEvent'];
  /** Called before a backend elsewhere is asked: whatever callers may change meanwhile is to be taken. */
  beforeAsking(): void;
}

/** A backend that can run the kernel. */
export interface Able<B extends Backend = Backend> {
  readonly kind: 'run';
  readonly backend: B;
  readonly kernel: LooseKernel;
  /** Undefined where sizes are not known. */
  readonly choice: Choice | undefined;
}

export interface Run<B extends Backend = Backend> extends Able<B> {
  readonly why: string;
  readonly skipped: readonly Skipped[];
}

export interface Compose {
  readonly kind: 'compose';
  readonly route: Route;
  readonly why: string;
  readonly skipped: readonly Skipped[];
  readonly steps: readonly { readonly kernel: string; readonly backend: string }[];
}

export interface Refuse {
  readonly kind: 'refuse';
  readonly skipped: readonly Skipped[];
  /** Why the route is no way out, where there is one. */
  readonly route: string | undefined;
}

export type Decision<B extends Backend = Backend> = Run<B> | Compose | Refuse;

/**
 * Which backend runs a kernel, or whether it is composed. Pure: nothing runs, nothing is remembered. Waits only for
 * what backends elsewhere say of their methods, and only where sizes are known and can decide something.
 *
 * A backend that the caller names is the only candidate. Otherwise candidates are the default and the fallbacks in
 * order; where float32 was asked for the kernel by name, float32 backends come first. Throws UnknownBackend.
 */
export function* decide<B extends Backend>(settings: Settings<B>, question: Question): Work<Decision<B>> {
  const { descriptor } = question;
  const mixed = mixedStep(settings, question);
  const skipped: Skipped[] = [];
  if (mixed === undefined) {
    for (const { backend, why } of candidates(settings, question)) {
      const verdict = yield* examine(settings, question, backend);
      if (verdict.kind === 'run') return { ...verdict, why: skipped.length === 0 ? why : reasons(skipped), skipped };
      skipped.push(verdict.skipped);
    }
  }
  const { route } = descriptor;
  if (route === undefined) return { kind: 'refuse', skipped, route: undefined };
  const why = mixed === undefined ? reasons(skipped) : `float32 was asked for its step ${mixed}`;
  return yield* compose(settings, question, route, why, skipped);
}

/** Whether one backend can run the kernel, and why not. */
export function* examine<B extends Backend>(
  settings: Settings,
  question: Question,
  backend: B,
): Work<Able<B> | { readonly kind: 'skip'; readonly skipped: Skipped }> {
  const { descriptor, options, parent } = question;
  const skip = (code: Skipped['code'], why: string) => ({
    kind: 'skip' as const,
    skipped: { backend: backend.id, code, why },
  });
  const demand = demandOf(settings, descriptor, parent);
  if (demand !== undefined && backend.precision === 'float32') {
    return skip('PrecisionTooLow', `computes in float32 where float64 is required ${demand}`);
  }
  const kernel = kernelOf(backend, descriptor.name);
  if (kernel === undefined) {
    const tooLow = descriptor.minimumPrecision === 'float64' && backend.precision === 'float32';
    return skip(
      'UnsupportedKernel',
      tooLow ? 'computes in float32 and the kernel needs float64' : 'does not implement the kernel',
    );
  }
  try {
    return { kind: 'run', backend, kernel, choice: yield* choose(kernel, question, options) };
  } catch (error) {
    if (isWtildeError(error, 'MethodRefused')) return skip(error.code, error.what);
    if (isWtildeError(error, 'UnknownMethod')) return skip(error.code, `has no method ${error.actual}`);
    throw error;
  }
}

function* choose(kernel: LooseKernel, question: Question, options: Options): Work<Choice | undefined> {
  const sizes = question.sizes(kernel);
  if (sizes === undefined) return choiceWithoutSizes(kernel, options);
  const { descriptor, methods, limited } = kernel;
  if (areStated(methods)) return pick({ descriptor, methods }, sizes, options);
  const usual = (options.solve ?? 'unrestricted') === 'unrestricted';
  if (!limited && usual && Object.keys(methods).length === 1) return choiceWithoutSizes(kernel, options);
  const asked = kernel.appraise(sizes, options);
  question.beforeAsking();
  return pick({ descriptor, methods: appraised(yield* wait(asked)) }, sizes, options);
}

type Methods<F> = Readonly<Record<string, F>>;

/** Whether the methods speak for themselves; those elsewhere are to be asked. */
function areStated(methods: Methods<Partial<MethodFacts>>): methods is Methods<MethodFacts> {
  return Object.values(methods).every(({ cost }) => cost !== undefined);
}

/** The choice that no size can change. Costs and limits are not even asked: they count on sizes. */
function choiceWithoutSizes({ descriptor, methods }: LooseKernel, options: Options): Choice | undefined {
  const names = Object.keys(methods);
  const free = { cost: () => ({ flops: 0, bytes: 0 }) };
  const unlimited = Object.fromEntries(
    Object.entries(methods).map(([name, { solves }]): [string, MethodFacts] => [
      name,
      solves === undefined ? free : { ...free, solves },
    ]),
  );
  const asked = (options.method ?? 'auto') !== 'auto';
  return asked || names.length === 1 ? pick({ descriptor, methods: unlimited }, {}, options) : undefined;
}

interface Candidate<B> {
  readonly backend: B;
  readonly why: string;
}

/** The backends that may run a kernel, in order. */
export function candidates<B extends Backend>(
  { backends, fallback, defaultOf, precisionOf }: Settings<B>,
  { descriptor, backend }: Pick<Question, 'descriptor' | 'backend'>,
): readonly Candidate<B>[] {
  const { name } = descriptor;
  const list: Candidate<B>[] = [];
  const add = (id: string, why: string) => {
    const found = backends.find((each) => each.id === id);
    if (found !== undefined && !list.some((each) => each.backend === found)) list.push({ backend: found, why });
  };
  if (backend !== undefined) {
    add(knownId(backend, `${name} option backend`, backends), 'asked for in the call');
    return list;
  }
  const usual = defaultOf(name);
  const stated = precisionOf(name);
  if (stated?.named && stated.precision === 'float32') {
    const fast = backends.filter(({ precision }) => precision === 'float32').map(({ id }) => id);
    const ordered = [usual.id, ...fallback, ...fast].filter((id) => fast.includes(id));
    for (const id of ordered) add(id, 'float32 was asked for this kernel');
  }
  add(usual.id, usual.why);
  for (const id of fallback) add(id, 'a fallback');
  return list;
}

/** Why a kernel must run in float64, in words; undefined where float32 will do. */
function demandOf(
  settings: Settings,
  { name }: KernelDescriptor,
  parent: KernelDescriptor | undefined,
): string | undefined {
  const stated = settings.precisionOf(name);
  if (stated?.named) return stated.precision === 'float64' ? 'of this kernel by the option precision' : undefined;
  if (stated?.precision === 'float64') return 'by the option precision';
  return parent?.minimumPrecision === 'float64' ? `within ${parent.name}` : undefined;
}

/** The step for which float32 was asked and can be had, so that the composite has to be run along its route. */
function mixedStep(settings: Settings, { descriptor, backend, parent }: Question): string | undefined {
  if (backend !== undefined || parent !== undefined || !settings.compose) return undefined;
  if (settings.precisionOf(descriptor.name)?.named) return undefined;
  return descriptor.route?.steps.find(({ kernel }) => {
    const stated = settings.precisionOf(kernel);
    if (!stated?.named || stated.precision !== 'float32') return false;
    return settings.backends.some((each) => each.precision === 'float32' && kernelOf(each, kernel) !== undefined);
  })?.kernel;
}

function* compose(
  settings: Settings,
  question: Question,
  route: Route,
  why: string,
  skipped: readonly Skipped[],
): Work<Compose | Refuse> {
  const refuse = (problem: string): Refuse => ({ kind: 'refuse', skipped, route: problem });
  if (!settings.compose) return refuse('the option compose is false');
  const { method } = question.options;
  if (method !== undefined && method !== 'auto') return refuse(`a route has no method ${method}`);
  const steps: { kernel: string; backend: string }[] = [];
  for (const { kernel } of route.steps) {
    const descriptor = findKernel(kernel);
    const decision = yield* decide(settings, {
      descriptor,
      options: stepOptions(question.options, descriptor),
      backend: question.backend,
      parent: question.descriptor,
      sizes: () => undefined,
      beforeAsking() {},
    });
    if (decision.kind === 'refuse') return refuse(`its step ${kernel} cannot run: ${reasons(decision.skipped)}`);
    steps.push({ kernel, backend: decision.kind === 'run' ? decision.backend.id : 'several' });
  }
  return { kind: 'compose', route, why, skipped, steps };
}

/** What a step is asked for of what its composite is. */
export function stepOptions({ solve }: Options, { solves }: KernelDescriptor): Options {
  return solve === undefined || solves === undefined ? {} : { solve };
}

/** Why the candidates were not taken, in one line. */
export function reasons(skipped: readonly Skipped[]): string {
  return skipped.map(({ backend, why }) => `${backend}: ${why}`).join('; ');
}
