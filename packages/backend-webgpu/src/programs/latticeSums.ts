import type { Program } from '../device/program.js';
import { turns } from '../wgsl/turns.js';

/** Visibilities that a workgroup sums: a slab. */
export const slabSize = 512;

/** Visibilities that are summed before they are added to the rest of the slab: no sum is more than 16 + 32 deep. */
const block = 16;

/** Entries of a table in workgroup memory: two fill the 16 KiB that every device has. */
const tableSize = 1024;

/** Rows and columns of invocations in a workgroup. */
const side = 16;

/** A program whose workgroups sum `tile` rows by as many half-columns of the lattice. */
export interface TiledProgram extends Program {
  readonly tile: number;
}

/**
 * Sums over visibilities on a lattice whose columns lie symmetric about a centre, by two per-axis tables made on the
 * fly. With A = q exp(2 pi i row phase) and the column phase c counted from the centre,
 *
 *   out[slab, r, c] = (sum_k Re(A_rk) cos(c_k), sum_k Im(A_rk) sin(c_k)),
 *
 * of which the difference is Re(sum_k A exp(i c)) at the column right of the centre and the sum that at its mirror
 * image. A workgroup sums a tile of rows x half-columns over one slab; every invocation keeps some rows times columns
 * in registers.
 *
 * Bindings: params { visibilities, rows, columns }; turns (K) of row start, row step, column start, column step;
 * strengths (K) of q; out.
 */
function latticeSums(perInvocation: number): TiledProgram {
  const tile = side * perInvocation;
  const step = tableSize / tile;
  return {
    tile,
    label: `lattice sums, tiles of ${tile}`,
    wgsl: /* wgsl */ `
struct Params { visibilities: u32, rows: u32, columns: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> turns: array<vec4u>;
@group(0) @binding(2) var<storage, read> strengths: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> out: array<vec2f>;

var<workgroup> rowTable: array<vec2f, ${tableSize}>;
var<workgroup> columnTable: array<vec2f, ${tableSize}>;
${turns}
@compute @workgroup_size(${side}, ${side})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
        @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * ${tile}u;
  let firstColumn = group.x * ${tile}u;
  let first = group.z * ${slabSize}u;
  let end = min(first + ${slabSize}u, params.visibilities);
  // What lies beyond the lattice need not be summed.
  let lines = max(params.rows - firstRow, params.columns - firstColumn);
  let inside = firstRow + local.y < params.rows && firstColumn + local.x < params.columns;
  var total: array<vec2f, ${perInvocation ** 2}>;
  for (var start = first; start < end; start += ${step}u) {
    for (var entry = 0u; entry < ${tableSize / side ** 2}u; entry++) {
      let at = entry * ${side * side}u + index;
      let k = start + at / ${tile}u;
      let line = at % ${tile}u;
      var row = vec2f();
      var column = vec2f();
      if (k < end && line < lines) {
        let t = turns[k];
        let q = strengths[k];
        let e = expTurns(t.x + (firstRow + line) * t.y);
        row = vec2f(q.x * e.x - q.y * e.y, q.x * e.y + q.y * e.x);
        column = expTurns(t.z + (firstColumn + line) * t.w);
      }
      rowTable[at] = row;
      columnTable[at] = column;
    }
    workgroupBarrier();
    for (var first = 0u; inside && first < ${step}u; first += ${block}u) {
      // Zeroed in so many words: Dawn on SwiftShader keeps the last sums in a variable that is only declared.
      var part = array<vec2f, ${perInvocation ** 2}>();
      for (var k = first; k < first + ${block}u; k++) {
        var column: array<vec2f, ${perInvocation}>;
        for (var j = 0u; j < ${perInvocation}u; j++) {
          column[j] = columnTable[k * ${tile}u + local.x + j * ${side}u];
        }
        for (var i = 0u; i < ${perInvocation}u; i++) {
          let row = rowTable[k * ${tile}u + local.y + i * ${side}u];
          for (var j = 0u; j < ${perInvocation}u; j++) {
            part[i * ${perInvocation}u + j] += row * column[j];
          }
        }
      }
      for (var i = 0u; i < ${perInvocation ** 2}u; i++) { total[i] += part[i]; }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < ${perInvocation}u; i++) {
    let row = firstRow + local.y + i * ${side}u;
    for (var j = 0u; j < ${perInvocation}u; j++) {
      let column = firstColumn + local.x + j * ${side}u;
      if (row < params.rows && column < params.columns) {
        out[(group.z * params.rows + row) * params.columns + column] = total[i * ${perInvocation}u + j];
      }
    }
  }
}
`,
  };
}

/** By rows and columns per invocation: small lattices would leave most of a large tile idle. */
export const latticeSumsPrograms: readonly TiledProgram[] = [1, 2, 4].map(latticeSums);

/** The program with the smallest tile that covers a lattice at once, or the one with the largest. */
export function latticeSumsFor(rows: number, columns: number): TiledProgram {
  const covering = latticeSumsPrograms.find(({ tile }) => tile >= Math.max(rows, columns));
  return covering ?? latticeSumsPrograms[latticeSumsPrograms.length - 1];
}
