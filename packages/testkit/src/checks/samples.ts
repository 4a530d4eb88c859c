/** Arguments for the checks that need only one or two sets of them. */
import { createValidator, type KernelDescriptor, type LooseArgs, type Sizes } from '@wtilde/core-types';
import { arrayOf, isHostArray } from '../contract/values.js';
import type { TestDataset } from '../datasets/dataset.js';
import type { Oracle } from '../oracle/oracle.js';

/** Two sets of arguments that are alike in every size, so that parts of both go together. */
export interface Samples {
  /** The dataset that they come from. */
  readonly name: string;
  readonly first: LooseArgs;
  readonly second: LooseArgs;
  readonly sizes: Sizes;
}

/** Samples from the dataset with the most arguments, the second from one of equal sizes or made of the first. */
export function samplesOf(kernel: KernelDescriptor, datasets: readonly TestDataset[], oracle: Oracle): Samples {
  const all = datasets.map((dataset) => {
    const args = oracle.argumentsOf(dataset, kernel);
    return { name: dataset.name, args, sizes: createValidator(kernel).validate(args, 'shapes').sizes };
  });
  const [best] = [...all].sort((a, b) => Object.keys(b.args).length - Object.keys(a.args).length);
  const twin = all.find((other) => other !== best && likeSizes(other.sizes, best.sizes));
  const same = twin !== undefined && Object.keys(twin.args).join() === Object.keys(best.args).join();
  return { name: best.name, first: best.args, second: same ? twin.args : scaled(best.args), sizes: best.sizes };
}

function likeSizes(a: Sizes, b: Sizes): boolean {
  return Object.keys({ ...a, ...b }).every((symbol) => a[symbol] === b[symbol]);
}

/** Every real array times 5/4: keeps what is positive, even, finite, regular or positive definite as it is. */
function scaled(args: LooseArgs): LooseArgs {
  const entries = Object.entries(args).map(([name, value]) => {
    if (!isHostArray(value) || value.dtype !== 'real') return [name, value];
    const larger = Float64Array.from(value.data, (x) => 1.25 * x);
    return [name, arrayOf('real', larger, value.shape)];
  });
  return Object.fromEntries(entries);
}
