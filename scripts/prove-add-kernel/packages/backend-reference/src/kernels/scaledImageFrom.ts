import { real, type SyncImplementation } from '@wtilde/core-types';

export const scaledImageFrom: SyncImplementation<'scaledImageFrom'> = {
  methods: {
    direct: {
      cost: ({ M }) => ({ flops: M, bytes: 16 * M }),
      run: ({ image, factor }) => real(image.data.map((value) => factor * value)),
    },
  },
};
