/** Different ways to the same result: equivalence groups, and composites against their steps. */
import {
  type Backend,
  createValidator,
  findKernel,
  groups,
  isHandle,
  type KernelDescriptor,
  kernelOf,
  type LooseArgs,
  type Route,
  runRoute,
} from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';
import type { TestDataset } from '../datasets/dataset.js';
import type { Oracle } from '../oracle/oracle.js';
import { defaultBudget } from '../plan/plan.js';
import { sizingOf } from '../plan/sizing.js';
import type { Report } from '../report/report.js';
import { type Call, callsOf } from './calling.js';
import type { Check } from './check.js';

/** A way that is held against the reference's result of a kernel. */
export interface Way {
  /** The group or composite that it belongs to. */
  readonly group: string;
  readonly name: string;
  readonly route: Route;
  readonly judge: KernelDescriptor;
  /** What the route starts from. */
  inputs(dataset: TestDataset, oracle: Oracle): LooseArgs;
}

/** Every route of the equivalence groups, and every composite kernel as its steps. */
export function allWays(descriptors: readonly KernelDescriptor[]): readonly Way[] {
  const grouped = groups.flatMap(({ name: group, judge, routes }) =>
    Object.entries(routes).map(([name, route]) => ({
      group,
      name,
      route,
      judge: findKernel(judge),
      inputs: (dataset: TestDataset, oracle: Oracle) => inputsOfSteps(route, dataset, oracle),
    })),
  );
  const composed = descriptors.flatMap((judge) => (judge.route === undefined ? [] : [composite(judge, judge.route)]));
  return [...grouped, ...composed];
}

function composite(judge: KernelDescriptor, route: Route): Way {
  return {
    group: judge.name,
    name: 'composed',
    route,
    judge,
    inputs: (dataset, oracle) => createValidator(judge).validate(oracle.argumentsOf(dataset, judge), 'shapes').args,
  };
}

/** The first kernel of the way that the backend has not. */
export function lackingKernel({ route }: Way, backend: Backend): string | undefined {
  return route.steps.map(({ kernel }) => kernel).find((name) => kernelOf(backend, name) === undefined);
}

/** The datasets that feed every step of the way, within what the reference may cost. */
export function datasetsFor(
  { judge, route }: Way,
  datasets: readonly TestDataset[],
  reference: Backend,
  budget = defaultBudget,
): readonly TestDataset[] {
  const kernels = [judge, ...route.steps.map(({ kernel }) => findKernel(kernel))];
  return datasets.filter((dataset) => {
    const sizings = kernels.map((kernel) => sizingOf(kernel, dataset, reference));
    return sizings.every((sizing) => sizing !== undefined) && (sizings[0]?.flops ?? 0) <= budget;
  });
}

/**
 * Holds one way on one dataset against the reference. Where the backend has memory of its own, what the steps hand on
 * stays there in a second check.
 */
export function wayChecks(
  way: Way,
  backend: Backend,
  dataset: TestDataset,
  oracle: Oracle,
  report?: Report,
): readonly Check[] {
  const { group, name, route, judge } = way;
  const at = { kernel: group, method: name, dataset: dataset.name, check: 'route' };
  const { id, precision } = backend;
  const holds = async (call: Call) => {
    const kept = await runRoute(route, way.inputs(dataset, oracle), call);
    const actual = isHandle(kept) ? await kept.toHost() : kept;
    const args = oracle.argumentsOf(dataset, judge);
    const { ok, error, allowed, message } = oracle.judge(
      judge,
      args,
      oracle.expected(dataset, judge),
      actual,
      precision,
    );
    report?.record({ backend: id, precision, ...at, method: `route ${name}`, error, allowed });
    if (!ok) throw new CheckFailed(`${group} by way of ${name} on ${dataset.name}: ${message}`);
  };
  const onHost = { ...at, title: `${name} on ${dataset.name}`, run: () => holds(callsOf(backend)) };
  // Steps of composites reshape what they hand on, which only the host can.
  if (!backend.info.deviceMemory || judge.route === route) return [onHost];
  const onDevice = callsOf(backend, { keep: 'device' });
  return [onHost, { ...at, title: `${name} on ${dataset.name}, kept on the device`, run: () => holds(onDevice) }];
}

/** What the steps take from outside the route, found where the kernels of the steps would look for it. */
function inputsOfSteps(route: Route, dataset: TestDataset, oracle: Oracle): LooseArgs {
  const inputs = new Map<string, LooseArgs[string]>();
  const made = new Set<string>();
  for (const { kernel, args, as } of route.steps) {
    const { params, ...descriptor } = findKernel(kernel);
    for (const [parameter, source] of Object.entries(args)) {
      if (typeof source !== 'string' || made.has(source) || inputs.has(source)) continue;
      const only = { ...descriptor, params: { [parameter]: params[parameter] } };
      inputs.set(source, oracle.argumentsOf(dataset, only)[parameter]);
    }
    made.add(as);
  }
  return Object.fromEntries(inputs);
}
