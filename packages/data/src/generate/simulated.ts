import { type Fields, realScalar } from '../fields.js';
import { visibilityFields } from '../fits/visibilities.js';
import { dirtyImage } from './fourier.js';
import { almaKind, smaKind } from './kinds.js';
import { observe } from './observe.js';
import { pixelFields } from './pixels.js';
import { interpolate, meshNeighbors, meshVertices, rectangularMesh } from './rectangularMesh.js';
import { lensedScene, type SimulationKind } from './scene.js';
import { badOption, type GeneratorOptions, generatorSizes } from './sizes.js';
import { mappingFields, neighborFields } from './sparse.js';

/**
 * A simulated dataset like those of the SMA: 8 antennas, baselines to 5e5 wavelengths, 0.2 arcsec
 * pixels, displacement phases to about 100 rad.
 *
 * A source of two Gaussians behind an isothermal sphere, observed by Earth rotation with equal real
 * and imaginary noise, and a regular mesh of S vertices in the source plane: B = 3 maps
 * barycentrically, B = 4 bilinearly, B = 1 to the nearest vertex; neighbours are the 4 around each
 * vertex. A prime S makes a mesh of one row. The dirty image is that of the data (kernel #22).
 *
 * Beyond what kernels take, the result holds `image` (the noiseless lensed source, M),
 * `source_plane_grid` (M, 2) and `mesh_vertices` (S, 2), both (y, x) in arcsec.
 *
 * @param options sizes N (30), K (190), S (256), B (3), P (4) and seed (0).
 * @throws InvalidOption where a size is not a positive integer, B = 2, or P is less than the
 *   neighbours that a vertex has.
 */
export function smaLike(options: GeneratorOptions = {}): Fields {
  return simulated(smaKind, options);
}

/**
 * A simulated dataset like those of ALMA: as {@link smaLike}, with 43 antennas, baselines to 9e6
 * wavelengths and 0.05 arcsec pixels: displacement phases beyond 600 rad.
 *
 * @param options sizes N (60), K (2000), S (400), B (3), P (4) and seed (0).
 * @throws what {@link smaLike} throws.
 */
export function almaLike(options: GeneratorOptions = {}): Fields {
  return simulated(almaKind, options);
}

/** A simulated dataset of any kind. */
export function simulated(kind: SimulationKind, options: GeneratorOptions): Fields {
  const { N, K, S, B, P, seed } = generatorSizes(options, kind.defaults);
  const scene = lensedScene(kind, N);
  const mesh = rectangularMesh(S, scene.sourceHalfSize);
  const neighbors = meshNeighbors(mesh);
  const most = neighbors.reduce((max, list) => Math.max(max, list.length), 0);
  if (P < most) {
    throw badOption('P', 'the neighbours do not fit', `at least ${most}`, String(P));
  }
  const mapping = interpolate(mesh, scene.sourceGrid, B);
  const visibilities = observe(kind, scene, K, seed).next(K);
  return {
    ...pixelFields(scene.pixels),
    ...visibilityFields(visibilities),
    ...mappingFields(mapping),
    ...neighborFields(neighbors, P),
    coefficient: realScalar(1),
    dirty_image: dirtyImage(scene.pixels, visibilities),
    image: scene.image,
    source_plane_grid: scene.sourceGrid,
    mesh_vertices: meshVertices(mesh),
  };
}
