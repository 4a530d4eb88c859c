import { implement, kernels, real } from '@wtilde/core-types';

export const scaledImageFrom = implement(kernels.scaledImageFrom, {
  direct: {
    cost: ({ M }) => ({ flops: M, bytes: 16 * M }),
    run({ image: { data }, factor }) {
      const scaled = new Float64Array(data.length);
      for (let i = 0; i < data.length; i++) scaled[i] = factor * data[i];
      return real(scaled);
    },
  },
});
