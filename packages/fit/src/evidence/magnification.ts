import { delaunayOf, type Evidence } from '@wtilde/lens';

/** How much a lens magnifies the source that was found. */
export interface Magnification {
  /** Flux of the image over flux of the source, both of what is brighter than a fifth of the brightest. */
  readonly total: number;
  /** Whether the lens hardly lenses: the source looks as the image does. */
  readonly isDemagnified: boolean;
}

/** Of the brightest pixel: what is fainter is noise as well as source. */
const brightShare = 0.2;
/** A source with more than one image is magnified by more. */
const least = 1.3;

/**
 * The magnification of a reconstructed source: surface brightness is kept by lensing, so that what lies above a brightness
 * in the image is the image of what lies above it in the source. Areas in the source are those of triangles between its
 * pixels. Fits that end near 1 have found the solution in which there is no lens and the source is the image.
 *
 * @param pixelScale of the image, in arcsec
 */
export function magnificationOf(evidence: Evidence, pixelScale: number): Magnification {
  const { mapper, reconstruction } = evidence;
  const source = reconstruction.data;
  const brightest = source.reduce((most, each) => Math.max(most, each), 0);
  const threshold = brightShare * brightest;
  const bright = (sum: number, value: number) => (value > threshold ? sum + value : sum);
  const image = evidence.mappedReconstructedImage().data.reduce(bright, 0) * pixelScale ** 2;
  const { data: places } = mapper.vertices;
  const triangles = delaunayOf(mapper.vertices).triangles.data;
  let inSource = 0;
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [triangles[at], triangles[at + 1], triangles[at + 2]];
    const [uy, ux] = [places[2 * b] - places[2 * a], places[2 * b + 1] - places[2 * a + 1]];
    const [vy, vx] = [places[2 * c] - places[2 * a], places[2 * c + 1] - places[2 * a + 1]];
    const mean = (source[a] + source[b] + source[c]) / 3;
    if (mean > threshold) inSource += (mean * Math.abs(uy * vx - ux * vy)) / 2;
  }
  const total = inSource > 0 ? image / inSource : Number.NaN;
  return { total, isDemagnified: total < least };
}
