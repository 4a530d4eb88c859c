import { type Backend, findKernel } from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';
import { callsOf } from '../checks/calling.js';
import type { Check } from '../checks/check.js';
import type { TestDataset } from '../datasets/dataset.js';
import type { Oracle } from '../oracle/oracle.js';
import { curvatureMatrixProperties } from './curvatureMatrix.js';
import { evidenceProperties } from './evidence.js';
import { lostColumnsProperties } from './lostColumns.js';
import { precisionMatrixProperties } from './precisionMatrix.js';
import type { Lab, Property } from './property.js';
import { visibilityProperties } from './visibilities.js';

export const properties: readonly Property[] = [
  ...precisionMatrixProperties,
  ...curvatureMatrixProperties,
  ...visibilityProperties,
  ...evidenceProperties,
  ...lostColumnsProperties,
];

/** The check of a property on every one of some datasets. */
export function propertyCheck(
  property: Property,
  backend: Backend,
  datasets: readonly TestDataset[],
  oracle: Oracle,
): Check {
  return {
    kernel: property.name,
    check: 'property',
    title: property.name,
    async run() {
      for (const dataset of datasets) await property.holds(labOf(backend, dataset, oracle));
    },
  };
}

function labOf(backend: Backend, dataset: TestDataset, oracle: Oracle): Lab {
  return {
    backend,
    dataset,
    call: callsOf(backend),
    args: (kernel) => oracle.argumentsOf(dataset, findKernel(kernel)),
    same(kernel, args, expected, actual, what) {
      const { ok, message } = oracle.judge(findKernel(kernel), args, expected, actual, backend.precision);
      if (!ok) throw new CheckFailed(`${kernel} on ${dataset.name}, ${what}: ${message}`);
    },
  };
}
