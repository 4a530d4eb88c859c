import { type NdArray, real } from '@wtilde/core-types';
import type { Observation } from './antennas.js';
import { circularPixels, type MaskedPixels, slimGrid } from './pixels.js';
import type { GeneratorSizes } from './sizes.js';
import { blobsAt } from './sky.js';
import { traceThroughSphere } from './sphereLens.js';

/** A kind of simulated dataset: what array looks at what sky, and how large it is by default. */
export interface SimulationKind {
  readonly name: string;
  /** Pixel scale in arcsec. */
  readonly pixelScale: number;
  readonly observation: Observation;
  /** The sum of the image, in the units of the visibilities. */
  readonly flux: number;
  /** The least noise of a visibility; the largest is 3/2 of it. */
  readonly noise: number;
  readonly defaults: GeneratorSizes;
}

/** The sky of a simulation on its unmasked pixels. */
export interface Scene {
  readonly pixels: MaskedPixels;
  /** The pixel centres traced to the source plane, (y, x) in arcsec: shape (M, 2). */
  readonly sourceGrid: NdArray<'real'>;
  /** The lensed source, shape (M), of sum `flux`. */
  readonly image: NdArray<'real'>;
  /** Half the side of the part of the source plane that the mesh covers, in arcsec. */
  readonly sourceHalfSize: number;
}

/**
 * Two round Gaussians behind a singular isothermal sphere, all lengths in proportion to the mask's
 * radius R so that every N shows the same picture: Einstein radius R / 2, so that the image plane
 * within the mask is the source plane within R / 2 twice over.
 */
export function lensedScene(kind: SimulationKind, N: number): Scene {
  const pixels = circularPixels(N, kind.pixelScale, Math.ceil(N / 6));
  const R = pixels.radius;
  const lens = { einsteinRadius: R / 2, centre: [0.03 * R, -0.05 * R] } as const;
  const sourceGrid = traceThroughSphere(lens, slimGrid(pixels, 1));
  const blobs = [
    { y: 0.05 * R, x: -0.08 * R, sigma: 0.07 * R, peak: 1 },
    { y: -0.12 * R, x: 0.06 * R, sigma: 0.04 * R, peak: 0.6 },
  ];
  const brightness = blobsAt(blobs, sourceGrid);
  const sum = brightness.data.reduce((total, value) => total + value, 0);
  const image = real(brightness.data.map((value) => (value * kind.flux) / sum));
  return { pixels, sourceGrid, image, sourceHalfSize: R / 2 };
}
