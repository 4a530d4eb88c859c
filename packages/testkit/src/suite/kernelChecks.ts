import { agreement, automaticChoice } from '../checks/agreement.js';
import { badArguments } from '../checks/badArguments.js';
import { binding } from '../checks/binding.js';
import type { Check, Subject } from '../checks/check.js';
import { costs } from '../checks/costs.js';
import { derivatives } from '../checks/derivatives.js';
import { hygiene } from '../checks/hygiene.js';
import { optionals } from '../checks/optionals.js';
import { options } from '../checks/options.js';
import { overwritten } from '../checks/overwritten.js';
import { type RandomOptions, random } from '../checks/random.js';
import { randomSizes } from '../checks/randomSizes.js';
import { samplesOf } from '../checks/samples.js';
import { sizes } from '../checks/sizes.js';
import { triangles } from '../checks/triangles.js';
import type { CrossingDataset } from '../datasets/crossing.js';
import { isMeantFor, type TestDataset } from '../datasets/dataset.js';
import type { Case } from '../plan/case.js';

/** Everything that is checked of one implemented kernel, from its descriptor and the cases planned for it. */
export function kernelChecks(
  subject: Subject,
  cases: readonly Case[],
  datasets: readonly TestDataset[],
  crossing: readonly CrossingDataset[],
  randomOptions: RandomOptions,
): readonly Check[] {
  const runnable = cases.filter(({ expected }) => expected === 'run' || expected === 'known-failure');
  const agreements = runnable.flatMap((planned) => {
    const dataset = [...datasets, ...crossing].find(({ name }) => name === planned.dataset);
    return dataset === undefined ? [] : [agreement(subject, dataset, planned)];
  });
  const usable = datasets.filter(({ name }) => runnable.some(({ dataset }) => dataset === name));
  if (usable.length === 0) return agreements;
  const samples = samplesOf(subject.descriptor, usable, subject.oracle);
  const large = crossing.filter((dataset) => isMeantFor(dataset, subject.descriptor.name));
  return [
    ...agreements,
    ...randomSizes(subject, large, randomOptions),
    automaticChoice(subject, usable),
    ...hygiene(subject, samples),
    ...overwritten(subject, samples, large),
    ...triangles(subject, samples),
    ...derivatives(subject, usable.slice(0, 2)),
    ...binding(subject, samples),
    ...badArguments(subject, samples),
    ...options(subject, samples),
    ...sizes(subject, samples),
    ...optionals(subject, samples),
    costs(subject, samples),
    ...random(subject, randomOptions),
  ];
}
