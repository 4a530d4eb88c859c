import { program } from '../device/program.js';

/** Rows and columns that a workgroup computes, by 16 x 16 invocations of 4 x 4. */
export const matmulTile = 64;

/** Terms of the sum that are in workgroup memory at a time, and are summed before they are added to the rest. */
const depth = 16;

/**
 * out[out row + r, c] = sum_k A(r, k) B[k, c], where A(r, k) is A[r, k], or A[k, first + r] of a transposed A.
 *
 * Buffers: A; B (inner, columns); out (all rows, columns).
 */
const matmulWith = (label: string, A: string) =>
  program({
    label,
    params: ['rows', 'inner', 'columns', 'first', 'stride', 'outRow'],
    reads: { A: 'f32', B: 'f32' },
    writes: { out: 'f32' },
    wgsl: /* wgsl */ `
var<workgroup> tileA: array<f32, ${depth * matmulTile}>;
var<workgroup> tileB: array<f32, ${depth * matmulTile}>;

@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
        @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * ${matmulTile}u;
  let firstColumn = group.x * ${matmulTile}u;
  var total: array<f32, 16>;
  for (var start = 0u; start < params.inner; start += ${depth}u) {
    for (var entry = 0u; entry < ${(depth * matmulTile) / 256}u; entry++) {
      let at = entry * 256u + index;
      let k = start + at / ${matmulTile}u;
      let row = firstRow + at % ${matmulTile}u;
      let column = firstColumn + at % ${matmulTile}u;
      var a = 0f;
      var b = 0f;
      if (k < params.inner && row < params.rows) { a = A[${A}]; }
      if (k < params.inner && column < params.columns) { b = B[k * params.columns + column]; }
      tileA[at] = a;
      tileB[at] = b;
    }
    workgroupBarrier();
    var part = array<f32, 16>();
    for (var k = 0u; k < ${depth}u; k++) {
      var b: array<f32, 4>;
      for (var j = 0u; j < 4u; j++) { b[j] = tileB[k * ${matmulTile}u + local.x + j * 16u]; }
      for (var i = 0u; i < 4u; i++) {
        let a = tileA[k * ${matmulTile}u + local.y + i * 16u];
        for (var j = 0u; j < 4u; j++) { part[i * 4u + j] += a * b[j]; }
      }
    }
    for (var i = 0u; i < 16u; i++) { total[i] += part[i]; }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    let row = firstRow + local.y + i * 16u;
    for (var j = 0u; j < 4u; j++) {
      let column = firstColumn + local.x + j * 16u;
      if (row < params.rows && column < params.columns) {
        out[(params.outRow + row) * params.columns + column] = total[i * 4u + j];
      }
    }
  }
}
`,
  });

export const matmulPrograms = {
  plain: matmulWith('matmul', 'row * params.stride + k'),
  transposed: matmulWith('transpose matmul', 'k * params.stride + params.first + row'),
};
