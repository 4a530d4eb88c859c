/** Once around the sky in arcsec: no length in a lens model is longer. */
export const wholeSky = 1_296_000;
