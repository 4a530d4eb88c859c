import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * Adds to W T X, on listed columns of every row, what some rows of T^t W give:
 * out[i, e] += sum over l of P[l, i] X[first + l, indexes[i, e]]; -1 ends a row of indexes. The first rows write instead of
 * adding. Neighbouring invocations have neighbouring image pixels.
 *
 * Buffers: P (lines, M); X (S, columns); indexes (M, width); out (M, width). Dispatched over width M.
 */
export const sampledProduct = program({
  label: 'sampled product',
  params: ['first', 'lines', 'imagePixels', 'width', 'columns'],
  reads: { P: 'f32', X: 'f32', indexes: 'i32' },
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  if (i >= params.width * params.imagePixels) { return; }
  let pixel = i % params.imagePixels;
  let at = pixel * params.width + i / params.imagePixels;
  let index = indexes[at];
  var total = 0f;
  if (params.first > 0u) { total = out[at]; }
  if (index >= 0) {
    let column = params.first * params.columns + u32(index);
    for (var first = 0u; first < params.lines; first += 16u) {
      var part = 0f;
      for (var l = first; l < min(first + 16u, params.lines); l++) {
        part += P[l * params.imagePixels + pixel] * X[l * params.columns + column];
      }
      total += part;
    }
  }
  out[at] = total;
`,
  ),
});
