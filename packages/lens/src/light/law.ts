/** The surface brightness of a light profile around the origin, its major axis along x, lengths in arcsec. */
export type LightLaw = (x: number, y: number) => number;
