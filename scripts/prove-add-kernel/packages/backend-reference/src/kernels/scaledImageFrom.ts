import { implement, kernels, real } from '@wtilde/core-types';

export const scaledImageFrom = implement(kernels.scaledImageFrom, {
  direct: {
    cost: ({ M }) => ({ flops: M, bytes: 16 * M }),
    run: ({ image, factor }) => real(image.data.map((value) => factor * value)),
  },
});
