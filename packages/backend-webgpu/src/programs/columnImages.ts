import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/** Zeros. Buffers: out. Dispatched over the words. */
export const zeros = program({
  label: 'zeros',
  params: ['words'],
  reads: {},
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  if (i < params.words) { out[i] = 0f; }
`,
  ),
});

/**
 * Columns of T as images, two to a complex one: the even column is the real part, the next the imaginary part.
 * Buffers: starts; rows; weights; native (M, 2); images of zeros
 * (pixels / 2, rows, columns). Dispatched over the pixels, the first of which is even.
 */
export const columnImages = program({
  label: 'columns as images',
  params: ['first', 'pixels', 'rows', 'columns'],
  reads: { starts: 'u32', rows: 'u32', weights: 'f32', native: 'vec2u' },
  writes: { images: 'f32' },
  wgsl: overIndexes(
    's',
    /* wgsl */ `
  if (s >= params.pixels) { return; }
  let image = s / 2u * params.rows;
  for (var e = starts[params.first + s]; e < starts[params.first + s + 1u]; e++) {
    let at = native[rows[e]];
    images[2u * ((image + at.x) * params.columns + at.y) + s % 2u] += weights[e];
  }
`,
  ),
});

/**
 * The image pixels of such images: out[s, j]. Buffers: images; native; out
 * (pixels, M). Dispatched over pixels M.
 */
export const pixelsOfImages = program({
  label: 'pixels of images',
  params: ['pixels', 'imagePixels', 'rows', 'columns'],
  reads: { images: 'f32', native: 'vec2u' },
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  if (i >= params.pixels * params.imagePixels) { return; }
  let s = i / params.imagePixels;
  let at = native[i % params.imagePixels];
  out[i] = images[2u * ((s / 2u * params.rows + at.x) * params.columns + at.y) + s % 2u];
`,
  ),
});
