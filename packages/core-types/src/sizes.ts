import { isHandle } from './arrays.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import type { LooseArgs } from './loose.js';
import { createValidator, type Validated } from './validate.js';

/** Every symbol and measure of arguments, as `pick` sees them. Throws what their shapes violate. */
export function sizesOf(descriptor: KernelDescriptor, args: LooseArgs): Sizes {
  return measured(descriptor, createValidator(descriptor).validate(args, 'shapes'));
}

/** The sizes of validated arguments with the measures beside them, which look at values: not where some are on a device. */
export function measured({ measures }: KernelDescriptor, { args, sizes }: Validated): Sizes {
  if (Object.values(args).some(isHandle)) return sizes;
  return { ...sizes, ...Object.fromEntries(Object.entries(measures).map(([name, { of }]) => [name, of(args, sizes)])) };
}
