import { describe, expect, test } from 'vitest';
import {
  allKernels,
  findKernel,
  groups,
  isKernelName,
  type LooseArgs,
  type LooseResult,
  originOf,
  type Route,
  real,
  resultSources,
  runRoute,
  runRouteSync,
  type Source,
} from '../src/index.js';
import { errorOf, rejectionOf } from './support/errors.js';

/** What is wrong with a route whose inputs are known. */
function faults(route: Route, inputs: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const known = new Map<string, string | undefined>([...inputs].map((name) => [name, undefined]));
  const checkSource = (source: Source, where: string) => {
    const [name = '', entry] = originOf(source).split('.');
    if (!known.has(name)) found.push(`${where} takes ${name}, which nobody made`);
    if (entry === undefined) return;
    const maker = known.get(name);
    const returns = maker === undefined ? undefined : findKernel(maker).returns;
    if (returns?.kind !== 'record' || !Object.hasOwn(returns.entries, entry))
      found.push(`${name} has no entry ${entry}`);
  };
  for (const step of route.steps) {
    if (!isKernelName(step.kernel)) {
      found.push(`${step.kernel} is no kernel`);
      continue;
    }
    const { params } = findKernel(step.kernel);
    for (const [argument, source] of Object.entries(step.args)) {
      if (!Object.hasOwn(params, argument)) found.push(`${step.kernel} has no argument ${argument}`);
      checkSource(source, `${step.kernel}(${argument})`);
    }
    for (const [name, param] of Object.entries(params)) {
      if (!param.optional && !Object.hasOwn(step.args, name)) found.push(`${step.kernel} misses ${name}`);
    }
    if (known.has(step.as)) found.push(`${step.as} is made twice`);
    known.set(step.as, step.kernel);
  }
  for (const source of resultSources(route)) checkSource(source, 'the result');
  return found;
}

describe('the routes of the catalogue', () => {
  const composites = allKernels().filter(({ route }) => route !== undefined);

  test('are those of the evidences', () => {
    expect(composites.map(({ number }) => number)).toEqual([19, 20, 21, 36, 37, 38, 39, 43]);
  });

  test.each(composites)('$name: every step and every source exists', ({ route, params }) => {
    if (route === undefined) throw new Error('no route');
    expect(faults(route, new Set(Object.keys(params)))).toEqual([]);
  });

  test.each(composites)('$name: every parameter is used', ({ route, params }) => {
    const used = new Set(route?.steps.flatMap(({ args }) => Object.values(args).map(originOf)));
    expect(Object.keys(params).filter((name) => !used.has(name))).toEqual([]);
  });

  test('faults are found', () => {
    const route: Route = {
      steps: [
        { kernel: 'noKernel', args: {}, as: 'a' },
        { kernel: 'chiSquared0From', args: { data: 'data', nois: 'nobody' }, as: 'b' },
      ],
      result: 'b.entry',
    };
    expect(faults(route, new Set(['data']))).toEqual([
      'noKernel is no kernel',
      'chiSquared0From has no argument nois',
      'chiSquared0From(nois) takes nobody, which nobody made',
      'chiSquared0From misses noiseMap',
      'b has no entry entry',
    ]);
  });
});

describe('the equivalence groups', () => {
  /** Everything that some kernel takes: what a dataset may hold. */
  const inputs = new Set(allKernels().flatMap(({ params }) => Object.keys(params)));

  test('have names of their own and a judge whose results can be compared', () => {
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    for (const { judge } of groups) expect(isKernelName(judge)).toBe(true);
  });

  test.each(groups)('$name: every route leads from inputs to the same kind of result', ({ routes, judge }) => {
    expect(Object.keys(routes).length).toBeGreaterThan(1);
    for (const [name, route] of Object.entries(routes)) {
      const made = new Set(route.steps.map(({ as }) => as));
      const available = new Set([...inputs].filter((input) => !made.has(input)));
      expect(faults(route, available), name).toEqual([]);
      const [source] = resultSources(route);
      const last = route.steps.find(({ as }) => as === originOf(source));
      const [returns, judged] = [last?.kernel ?? '', judge].map((kernel) => findKernel(kernel).returns);
      if (returns.kind !== 'array' || judged.kind !== 'array') throw new Error('no array');
      expect([returns.dtype, returns.dims]).toEqual([judged.dtype, judged.dims]);
    }
  });
});

describe('running a route', () => {
  const route: Route = {
    steps: [
      { kernel: 'first', args: { a: 'x', absent: 'optional', pair: 'shape' }, as: 'record' },
      { kernel: 'second', args: { part: 'record.vector', matrix: { column: 'y' } }, as: 'matrix' },
      { kernel: 'third', args: { vector: { flat: 'matrix' }, sum: 'record.sum' }, as: 'last' },
    ],
    result: 'last',
  };
  const args: LooseArgs = { x: 3, y: real([1, 2]), shape: [4, 5], optional: undefined };
  const results: Readonly<Record<string, LooseResult>> = {
    first: { sum: 7, vector: real([5, 6]) },
    second: real([8, 9], [2, 1]),
    third: 42,
  };
  const seen: Record<string, LooseArgs> = {};
  const call = (kernel: string, given: LooseArgs): LooseResult => {
    seen[kernel] = given;
    return results[kernel];
  };
  const expectArguments = () => {
    expect(seen.first).toEqual({ a: 3, pair: [4, 5] });
    expect(seen.second).toEqual({ part: real([5, 6]), matrix: real([1, 2], [2, 1]) });
    expect(seen.third).toEqual({ vector: real([8, 9]), sum: 7 });
  };

  test('hands parameters, results, entries and reshaped vectors on', () => {
    expect(runRouteSync(route, args, call)).toBe(42);
    expectArguments();
  });

  test('and so with promises, one step after the other', async () => {
    let running = 0;
    const result = await runRoute(route, args, async (kernel, given) => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      return call(kernel, given);
    });
    expect(result).toBe(42);
    expectArguments();
  });

  test('the result may be an entry', () => {
    expect(runRouteSync({ steps: route.steps.slice(0, 1), result: 'record.sum' }, args, call)).toBe(7);
  });

  test('reshaping shares the data', () => {
    const y = real([1, 2]);
    runRouteSync(route, { ...args, y }, call);
    const given = seen.second.matrix;
    if (typeof given !== 'object' || !('data' in given)) throw new Error('no array');
    expect(given.data).toBe(y.data);
  });

  test('an error of a step is the error of the route, and later steps do not run', async () => {
    const ran: string[] = [];
    const failing = (kernel: string): LooseResult => {
      ran.push(kernel);
      if (kernel === 'second') throw new RangeError('no');
      return results[kernel];
    };
    expect(() => runRouteSync(route, args, failing)).toThrow(RangeError);
    await expect(runRoute(route, args, async (kernel) => failing(kernel))).rejects.toThrow(RangeError);
    expect(ran).toEqual(['first', 'second', 'first', 'second']);
  });

  test('routes that cannot be followed are errors of the contract', async () => {
    const one = (source: Source): Route => ({ steps: [{ kernel: 'k', args: { a: source }, as: 'r' }], result: 'r' });
    const echo = () => results.first;
    const handle = {
      dtype: 'real' as const,
      shape: [2],
      backend: 'b',
      toHost: () => Promise.resolve(real([])),
      dispose() {},
    };
    errorOf(() => runRouteSync(one({ column: 'nothing' }), args, echo), 'InvalidContract');
    errorOf(() => runRouteSync(one({ flat: 'x' }), args, echo), 'InvalidContract');
    errorOf(() => runRouteSync(one({ column: 'handle' }), { handle }, echo), 'InvalidContract');
    errorOf(() => runRouteSync({ steps: [], result: 'shape' }, args, echo), 'InvalidContract');
    errorOf(() => runRouteSync({ steps: [], result: 'nothing' }, args, echo), 'InvalidContract');
    await rejectionOf(
      runRoute({ steps: [], result: 'x.entry' }, args, async () => 1),
      'InvalidContract',
    );
    const wholeRecord: Route = {
      steps: [
        { kernel: 'first', args: {}, as: 'record' },
        { kernel: 'second', args: { a: 'record' }, as: 'r' },
      ],
      result: 'r',
    };
    errorOf(() => runRouteSync(wholeRecord, args, call), 'InvalidContract');
  });
});
