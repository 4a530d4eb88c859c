import type { Effort } from '@wtilde/numerics';

/**
 * What every method costs, as a function of sizes: K visibilities, N the side of the image, M image
 * pixels, S source pixels, B mappings per image pixel.
 *
 * The forms of the times follow from counting operations; the constants were fitted to measurements with
 * Node 24 on a 2.6 GHz x86-64 core where kernel #6 by direct cosines (N = 30, K = 1024) takes 43 ms and a
 * 256 x 256 matrix product 22 ms. Only their ratios matter for a choice; they hold to about 20 %.
 */
export type { Effort };

/** An effort whose operations are counted. */
export type Counted = Required<Effort>;

/** Fixed nanoseconds of a call: views, tables and buffers. */
export const CALL = 2e4;
