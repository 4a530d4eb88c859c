import { real } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';

/** Errors of W and of the dirty image, so large that no part of an error bound hides another. */
export const knownErrors: Fields = {
  rms_error_of_w: real([0.02], []),
  largest_error_of_w: real([0.3], []),
  rms_error_of_dirty_image: real([0.05], []),
};
