import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const scaledImageFrom = defineKernel({
  name: 'scaledImageFrom',
  upstream: 'scaled_image_from',
  number: 1000,
  origin: 'wtilde',
  formula: 'factor image_i',
  params: {
    image: is.array('real', ['M'], 'the image'),
    // An upstream name that the datasets hold: the generated tests take its value from there.
    factor: is.scalar('what every pixel is multiplied by', { upstream: ['coefficient'] }),
  },
  returns: is.arrayResult('real', ['M'], 'fewAdditions', 'the scaled image'),
  minimumPrecision: 'float32',
});
