import type { TestDataset } from '../datasets/dataset.js';
import type { Case } from '../plan/case.js';
import type { Check, Subject } from './check.js';
import { agree, run } from './running.js';

/** The result agrees with the reference's by the numeric class of the kernel. */
export function agreement(subject: Subject, dataset: TestDataset, { method }: Case): Check {
  const { descriptor, oracle } = subject;
  return {
    kernel: descriptor.name,
    method,
    dataset: dataset.name,
    check: 'agreement',
    title: `${method} agrees with the reference on ${dataset.name}`,
    async run() {
      const args = oracle.argumentsOf(dataset, descriptor);
      const expected = oracle.expected(dataset, descriptor);
      const actual = await run(subject, args, { method });
      agree(subject, { method, dataset: dataset.name }, args, expected, actual);
    },
  };
}

/** Without a method, on every dataset: the one that is chosen must be one that can run. */
export function automaticChoice(subject: Subject, datasets: readonly TestDataset[]): Check {
  const { descriptor, oracle } = subject;
  return {
    kernel: descriptor.name,
    method: 'auto',
    check: 'auto',
    title: 'the method chosen by itself agrees with the reference on every dataset',
    async run() {
      for (const dataset of datasets) {
        const args = oracle.argumentsOf(dataset, descriptor);
        const actual = await run(subject, args, {});
        agree(subject, { method: 'auto', dataset: dataset.name }, args, oracle.expected(dataset, descriptor), actual);
      }
    },
  };
}
