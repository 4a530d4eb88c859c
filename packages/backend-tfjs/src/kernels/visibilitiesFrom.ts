import * as tf from '@tensorflow/tfjs-core';
import { complex, kernels, latticeOf } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { inChunks } from '../shared/chunks.js';
import { onHost } from '../shared/methods.js';
import { columnTurn, eachTurn, onLattice, onPoints, phaseTable, rowTurn } from '../shared/pixelSums.js';

/** Visibilities per product; each enters with a cosine and a sine. */
const chunk = 128;

export const visibilitiesFrom = (engine: Engine) =>
  onHost(kernels.visibilitiesFrom, {
    lattice: {
      ...onLattice,
      async run({ image, uvWavelengths: uv, gridRadiansSlim }, context) {
        const [count] = uv.shape;
        const result = new Float64Array(2 * count);
        const lattice = latticeOf(gridRadiansSlim);
        if (lattice === undefined) return complex(result);
        const { rows, columns, row, column } = lattice;
        const square = new Float64Array(rows * columns);
        image.data.forEach((value, pixel) => {
          square[row[pixel] * columns + column[pixel]] += value;
        });
        const { data, exponent } = toFloats(square);
        await inChunks(count, chunk, context, async (from, to) => {
          const width = to - from;
          const right = new Float32Array(columns * 2 * width);
          for (let k = 0; k < width; k++) {
            eachTurn(columnTurn(lattice, uv, from + k), columns, (at, c, s) => {
              right[at * 2 * width + k] = c;
              right[at * 2 * width + width + k] = s;
            });
          }
          const [lines] = await engine.run(() => [
            tf.matMul(tf.tensor2d(data, [rows, columns]), tf.tensor2d(right, [columns, 2 * width])),
          ]);
          for (let k = 0; k < width; k++) {
            let [re, im] = [0, 0];
            eachTurn(rowTurn(lattice, uv, from + k), rows, (at, c, s) => {
              const cosine = lines[at * 2 * width + k];
              const sine = lines[at * 2 * width + width + k];
              re += c * cosine - s * sine;
              im -= s * cosine + c * sine;
            });
            result.set([re, im], 2 * (from + k));
          }
        });
        return complex(fromFloats(result, exponent));
      },
    },
    points: {
      ...onPoints,
      async run({ image, uvWavelengths: uv, gridRadiansSlim }, context) {
        const [count] = uv.shape;
        const [points] = gridRadiansSlim.shape;
        const result = new Float64Array(2 * count);
        if (points === 0) return complex(result);
        const { data, exponent } = toFloats(image.data);
        await inChunks(count, chunk, context, async (from, to) => {
          const width = to - from;
          const table = phaseTable(gridRadiansSlim, uv, from, to);
          const [sums] = await engine.run(() => [
            tf.matMul(tf.tensor2d(data, [1, points]), tf.tensor2d(table, [points, 2 * width])),
          ]);
          for (let k = 0; k < width; k++) result.set([sums[k], -sums[width + k]], 2 * (from + k));
        });
        return complex(fromFloats(result, exponent));
      },
    },
  });
