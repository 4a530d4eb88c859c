/** Methods are chosen by what they say about themselves. */
import { demand } from '../checkFailed.js';
import type { Check, Subject } from './check.js';
import type { Samples } from './samples.js';

export function costs({ descriptor, kernel }: Subject, { first, name }: Samples): Check {
  return {
    kernel: descriptor.name,
    dataset: name,
    check: 'costs',
    title: 'methods state costs, and reasons where they cannot run',
    async run() {
      const sizes = kernel.sizesOf(first);
      for (const [method, { cost, canRun }] of Object.entries(kernel.methods)) {
        const { flops, bytes, time } = cost(sizes);
        const said = [bytes, flops, time].filter((value) => value !== undefined);
        const sensible = said.length > 1 && said.every((value) => Number.isFinite(value) && value >= 0);
        demand(sensible, `${method} costs ${bytes} bytes and ${flops} operations, ${time} ns`);
        const can = canRun?.(sizes, {}) ?? true;
        demand(can === true || can.trim() !== '', `${method} cannot run and does not say why`);
      }
    },
  };
}
