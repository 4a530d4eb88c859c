import { index, type NdArray, radiansPerPixel, real, withoutFlagged } from '@wtilde/core-types';
import { type Fields, indexScalar, preparedVisibilitiesFields, realScalar, visibilityFields } from '@wtilde/data';
import { readVisibilityFiles, writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { geometryOf, type Mapped, type Mapper, mapperOf, priorOf, type Regularization } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { summedFrom } from '../../lensing/dataset.js';
import { filesOf, modelFrom } from '../../lensing/model.js';
import { rmsNoise } from '../../lensing/noise.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { printWarnings } from '../../text/warnings.js';
import type { InputsOptions } from './options.js';

/** `wtilde inputs`: everything that the kernels take, under upstream's argument names, for others to check. */
export async function inputs(options: InputsOptions, io: Io): Promise<ExitCode> {
  const { data, mask: maskFile, out, strict } = options;
  const outputs = await outputsOf([out], [data, maskFile, ...(await filesOf(options))], options, io);
  const model = await modelFrom(options);
  const { dispose, ...backends } = await lensingBackends();
  const progress = await createProgress(io);
  try {
    const read = await readVisibilityFiles(data);
    // Kernels know no flags.
    const { chunk: visibilities, flagged } = withoutFlagged(options.noise === undefined ? read : rmsNoise().of(read));
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const { prepared, notes } = await summedFrom([options.data], options, dispatcher, progress);
    const { mask, sums } = prepared;
    const geometry = geometryOf(mask);
    const mapped = mapperOf(mask, geometry, model, prepared.primaryBeam);
    const { w_compact: _, visibilities: __, flagged: ___, ...dataset } = preparedVisibilitiesFields(sums);
    const fields: Fields = {
      ...visibilityFields(visibilities),
      ...dataset,
      shape_masked_pixels_2d: index([geometry.gridSize, geometry.gridSize]),
      grid_radians_2d: squareGrid(geometry.gridSize, sums.pixelScale),
      ...mapperFields(mapped.mapper),
      ...regularizationFields(model.regularization, mapped),
    };
    progress.stop();
    printWarnings(io, prepared.warnings, strict);
    await outputs.write((how) => writeNpzFile(out, fields, how));
    for (const each of notes) note(io, each);
    if (flagged > 0) note(io, `${flagged} flagged visibilities are left out`);
    print(outputs.io, `${out}: ${Object.keys(fields).join(', ')}`);
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

/** The coefficient of the constant scheme; of another its weighted graph, or its matrix. */
function regularizationFields(regularization: Regularization, mapped: Mapped): Fields {
  if (regularization.type === 'constant') return { coefficient: realScalar(regularization.coefficient) };
  const prior = priorOf(regularization, mapped);
  const { pixels } = mapped.mapper;
  if ('matrix' in prior) return { regularization_matrix: real(prior.matrix, [pixels, pixels]) };
  const { neighbors, sizes, weights, diagonal } = prior.graph;
  const shape = [pixels, weights.length / pixels];
  return {
    neighbors: index(neighbors, shape),
    neighbors_sizes: index(sizes),
    weights: real(weights, shape),
    diagonal: real(diagonal),
  };
}

function mapperFields({ pixels, pixIndexesForSubSlimIndex: indexes, ...mapper }: Mapper): Fields {
  const [rows, width] = indexes.shape;
  const sizes = Int32Array.from({ length: rows }, (_, row) => {
    const end = indexes.data.subarray(row * width, (row + 1) * width).indexOf(-1);
    return end < 0 ? width : end;
  });
  return {
    pix_indexes_for_sub_slim_index: indexes,
    pix_weights_for_sub_slim_index: mapper.pixWeightsForSubSlimIndex,
    pix_size_for_sub_slim_index: index(sizes),
    pixels: indexScalar(pixels),
    pix_pixels: indexScalar(pixels),
    total_mask_pixels: indexScalar(rows),
    slim_index_for_sub_slim_index: index(Int32Array.from({ length: rows }, (_, row) => row)),
    sub_fraction: real(new Float64Array(rows).fill(1)),
    neighbors: mapper.neighbors,
    neighbors_sizes: mapper.neighborsSizes,
    mesh_vertices: mapper.vertices,
  };
}

/** (N, N, 2) centres (y, x) of the pixels of a square in radians, around its middle: only differences matter. */
function squareGrid(side: number, pixelScale: number): NdArray<'real'> {
  const pitch = radiansPerPixel(pixelScale);
  const middle = (side - 1) / 2;
  const grid = new Float64Array(2 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      grid.set([(middle - row) * pitch, (column - middle) * pitch], 2 * (row * side + column));
    }
  }
  return real(grid, [side, side, 2]);
}
