import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const dataVectorFrom = defineKernel({
  name: 'dataVectorFrom',
  upstream: 'data_vector_from',
  number: 10,
  formula: 'D = T^t dirtyImage',
  params: {
    mappingMatrix: is.array('real', ['M', 'S'], 'the mapping matrix T'),
    dirtyImage: is.array('real', ['M'], 'the dirty image'),
  },
  returns: is.arrayResult('real', ['S'], 'product', 'the data vector D'),
  minimumPrecision: 'float32',
  shownByResult: () => ['mappingMatrix', 'dirtyImage'],
});
