/** Results that a descriptor says are derivatives, held against differences of what they are derivatives of. */
import {
  type DerivativeOf,
  findKernel,
  isRecord,
  isWtildeError,
  kernelOf,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  type ResultSpec,
  tolerances,
} from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { CheckFailed, NotApplicable } from '../checkFailed.js';
import { arrayOf, arrayWith } from '../contract/values.js';
import type { TestDataset } from '../datasets/dataset.js';
import { callsOf } from './calling.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { type Difference, differenceOf } from './differences.js';
import { run } from './running.js';

/** Elements that are moved alone, beside directions that move all. */
const ALONE = 4;
const TOGETHER = 2;
/** Where arguments are moved by this part of themselves: a matrix must stay positive definite. */
const FIRST_STEPS = [2e-2, 1e-3, 5e-5];

/**
 * A check for every array of derivatives and every method. The number that it is of is computed by the same backend, so
 * that nobody has to know the derivative twice; what differences leave unresolved is passed over, but not all of it.
 */
export function derivatives(subject: Subject, datasets: readonly TestDataset[]): readonly Check[] {
  const { descriptor } = subject;
  return arraysOf(descriptor.returns).flatMap(({ entry, derivativeOf }) =>
    methodsOf(subject).flatMap((method) =>
      datasets.map((dataset) => ({
        kernel: descriptor.name,
        method,
        dataset: dataset.name,
        check: 'derivative',
        title: `${method} gives ${entry ?? 'derivatives'} as differences do, on ${dataset.name}`,
        run: () => asDifferences(subject, method, dataset, entry, derivativeOf),
      })),
    ),
  );
}

interface Derived {
  /** Of a record; undefined where the whole result is the array. */
  readonly entry: string | undefined;
  readonly derivativeOf: DerivativeOf;
}

function arraysOf(returns: ResultSpec): readonly Derived[] {
  const leaves = returns.kind === 'record' ? Object.entries(returns.entries) : [[undefined, returns] as const];
  return leaves.flatMap(([entry, leaf]) =>
    leaf.kind === 'array' && leaf.derivativeOf !== undefined ? [{ entry, derivativeOf: leaf.derivativeOf }] : [],
  );
}

async function asDifferences(
  subject: Subject,
  method: string,
  dataset: TestDataset,
  entry: string | undefined,
  { kernel = subject.descriptor.name, entry: of, by, edges }: DerivativeOf,
): Promise<void> {
  const { backend, oracle, descriptor } = subject;
  if (kernelOf(backend, kernel) === undefined) throw new NotApplicable(`${kernel} is not implemented`);
  const own = oracle.argumentsOf(dataset, descriptor);
  const args = { ...oracle.argumentsOf(dataset, findKernel(kernel)), ...shared(own, findKernel(kernel).params) };
  const found = arrayWith('real', leafOf(await run(subject, own, { method }), entry));
  const at = arrayWith('real', args[by]);
  const call = callsOf(backend);
  const value = async (moved: NdArray) => Number(leafOf(await call(kernel, { ...args, [by]: moved }), of));
  const param = findKernel(kernel).params[by];
  const symmetric = param.kind === 'array' && param.triangle === 'lower';
  const pairs = symmetric ? transposes(at) : edges ? ends(args) : undefined;
  let resolved = 0;
  const random = createRandom(`${descriptor.name}/${entry}/${dataset.name}`);
  for (let n = 0; n < ALONE + TOGETHER; n++) {
    const only = n < ALONE ? random.integer(Math.max(1, at.data.length)) : undefined;
    const direction = directionOf(at, pairs, only, () => 0.5 + random.uniform() / 2);
    // Both ends of an edge hold its derivative, both elements of a symmetric pair their own.
    const terms = direction.map((step, i) => (step === 0 ? 0 : step * found.data[i]) * (edges ? 0.5 : 1));
    const expected = terms.reduce((sum, term) => sum + term, 0);
    const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
    const { value: difference, error } = await resolve(value, at, direction);
    const allowed = 100 * (tolerances.derivative.float64 * size + error);
    if (!(error < 1e-4 * size) && !(size === 0 && Math.abs(difference) <= allowed)) continue;
    resolved += 1;
    if (Math.abs(expected - difference) <= allowed) continue;
    const moved = only === undefined ? 'a step of all elements' : `a step of element [${only}]`;
    throw new CheckFailed(
      `${descriptor.name} (${method}) on ${dataset.name}: ${entry ?? 'derivatives'} and ${moved} of ${by} give ` +
        `${expected}, differences of ${of ?? kernel} ${difference} (to ${error.toExponential(1)})`,
    );
  }
  if (resolved === 0) throw new NotApplicable('no difference is exact enough to tell');
}

/** The difference along a direction from the largest first step at which the kernel runs. */
async function resolve(
  value: (moved: NdArray) => Promise<number>,
  at: NdArray<'real'>,
  direction: Float64Array,
): Promise<Difference> {
  const along = (t: number) =>
    value(
      arrayOf(
        'real',
        at.data.map((x, i) => (direction[i] === 0 ? x : x + t * direction[i])),
        at.shape,
      ),
    );
  let best: Difference = { value: 0, error: Number.POSITIVE_INFINITY };
  for (const first of FIRST_STEPS) {
    try {
      const next = await differenceOf(along, first);
      if (next.error < best.error) best = next;
    } catch (error) {
      if (!isWtildeError(error, 'NumericalFailure')) throw error;
    }
  }
  return best;
}

/** A step of every element, or of one and its partner, in proportion to it; none where the element is not in use. */
function directionOf(
  at: NdArray<'real'>,
  pairs: Int32Array | undefined,
  only: number | undefined,
  random: () => number,
): Float64Array {
  const direction = at.data.map((x) => (Number.isFinite(x) ? x * random() : 0));
  const partnerOf = (i: number) => pairs?.[i] ?? i;
  direction.forEach((step, i) => {
    if (partnerOf(i) < 0) direction[i] = 0;
    else if (partnerOf(i) > i) direction[partnerOf(i)] = step;
  });
  if (only === undefined) return direction;
  return direction.map((step, i) => (i === only || partnerOf(i) === only ? step : 0));
}

/** Of every element of a symmetric matrix the one across the diagonal. */
function transposes({ shape: [size] }: NdArray): Int32Array {
  return Int32Array.from({ length: size * size }, (_, at) => (at % size) * size + Math.floor(at / size));
}

/** Of every listed edge its place in the list of the other end, -1 beyond the lists. */
function ends({ neighbors, neighborsSizes }: LooseArgs): Int32Array {
  const lists = arrayWith('index', neighbors);
  const counts = arrayWith('index', neighborsSizes);
  const slots = lists.shape[1];
  return lists.data.map((j, at) => {
    const i = Math.floor(at / slots);
    if (at - i * slots >= counts.data[i]) return -1;
    return lists.data.indexOf(i, j * slots);
  });
}

function leafOf(result: LooseResult, entry: string | undefined): unknown {
  return entry === undefined || !isRecord(result) ? result : result[entry];
}

function shared(args: LooseArgs, params: Readonly<Record<string, unknown>>): LooseArgs {
  return Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(params, name)));
}
