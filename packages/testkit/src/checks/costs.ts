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
      const appraisals = await kernel.appraise(sizes);
      const [have, want] = [appraisals, kernel.methods].map((each) => Object.keys(each).join(', '));
      demand(have === want, `the methods are ${want}, and ${have} are appraised`);
      for (const [method, { cost, canRun }] of Object.entries(appraisals)) {
        const { flops, bytes, time } = cost;
        const said = [bytes, flops, time].filter((value) => value !== undefined);
        const sensible = said.length > 1 && said.every((value) => Number.isFinite(value) && value >= 0);
        demand(sensible, `${method} costs ${bytes} bytes and ${flops} operations, ${time} ns`);
        demand(canRun === true || canRun.trim() !== '', `${method} cannot run and does not say why`);
      }
    },
  };
}
