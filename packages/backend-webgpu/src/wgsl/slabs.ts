/** Visibilities, or other terms, that one sum in float32 takes: a slab. */
export const slabSize = 512;

/** Terms that are summed before they are added to the rest of the slab: no sum is more than 16 + 32 deep. */
export const block = 16;
