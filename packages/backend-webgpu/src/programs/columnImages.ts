import { groupSize, type Program } from '../device/program.js';
import { linearIndex } from '../wgsl/linearIndex.js';

/** Zeros. Bindings: params { words }; out. Dispatched over the words. */
export const zeros: Program = {
  label: 'zeros',
  wgsl: /* wgsl */ `
struct Params { words: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i < params.words) { out[i] = 0f; }
}
`,
};

/**
 * Columns of T as images, two to a complex one: the even column is the real part, the next the imaginary part.
 * Bindings: params { first pixel, pixels, rows, columns }; starts; rows; weights; native (M, 2); images of zeros
 * (pixels / 2, rows, columns). Dispatched over the pixels, the first of which is even.
 */
export const columnImages: Program = {
  label: 'columns as images',
  wgsl: /* wgsl */ `
struct Params { first: u32, pixels: u32, rows: u32, columns: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read> rows: array<u32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> native: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> images: array<f32>;
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let s = linearIndex(group, groups, local);
  if (s >= params.pixels) { return; }
  let image = s / 2u * params.rows;
  for (var e = starts[params.first + s]; e < starts[params.first + s + 1u]; e++) {
    let at = native[rows[e]];
    images[2u * ((image + at.x) * params.columns + at.y) + s % 2u] += weights[e];
  }
}
`,
};

/**
 * The image pixels of such images: out[s, j]. Bindings: params { pixels, M, rows, columns }; images; native; out
 * (pixels, M). Dispatched over pixels M.
 */
export const pixelsOfImages: Program = {
  label: 'pixels of images',
  wgsl: /* wgsl */ `
struct Params { pixels: u32, imagePixels: u32, rows: u32, columns: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> images: array<f32>;
@group(0) @binding(2) var<storage, read> native: array<vec2u>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
${linearIndex}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = linearIndex(group, groups, local);
  if (i >= params.pixels * params.imagePixels) { return; }
  let s = i / params.imagePixels;
  let at = native[i % params.imagePixels];
  out[i] = images[2u * ((s / 2u * params.rows + at.x) * params.columns + at.y) + s % 2u];
}
`,
};
