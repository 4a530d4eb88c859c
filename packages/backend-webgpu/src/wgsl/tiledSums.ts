import { type Program, program } from '../device/program.js';
import { block, slabSize } from './slabs.js';
import { turns } from './turns.js';

/** Entries of a table in workgroup memory: two fill the 16 KiB that every device has. */
const tableSize = 1024;

/** Rows and columns of invocations in a workgroup. */
const side = 16;

/** A program whose workgroups sum `tile` rows by as many columns. */
export interface TiledProgram<B extends string> extends Program<'visibilities' | 'rows' | 'columns', B> {
  readonly tile: number;
}

interface Tables<B extends string> {
  readonly label: string;
  /** The buffers that are read besides `strengths`. */
  readonly reads: Readonly<Record<B, 'vec2u' | 'vec4u'>>;
  /** The elements of `out`. */
  readonly out: 'f32' | 'vec2f';
  /** WGSL: phases of visibility k at a row and at a column, in turns. */
  readonly phases: string;
  /** WGSL: what `out` gets of the two sums in `sums`. */
  readonly element: string;
}

/**
 * Sums over visibilities by two tables made on the fly: with the rows A_rk = q_k exp(2 pi i row phase) and the columns
 * B_ck = exp(2 pi i column phase),
 *
 *   out[slab, r, c] of (sum_k Re(A_rk) Re(B_ck), sum_k Im(A_rk) Im(B_ck)).
 *
 * A workgroup sums a tile of rows x columns over one slab; every invocation keeps some rows times columns in registers.
 *
 * Buffers: strengths (K) of q; those of the tables; out.
 */
export function tiledSums<B extends string>(
  perInvocation: number,
  { label, reads, out, phases, element }: Tables<B>,
): TiledProgram<'strengths' | B | 'out'> {
  const tile = side * perInvocation;
  const step = tableSize / tile;
  return {
    tile,
    ...program({
      label: `${label}, tiles of ${tile}`,
      params: ['visibilities', 'rows', 'columns'],
      reads: { strengths: 'vec2f', ...reads },
      writes: { out },
      wgsl: /* wgsl */ `
var<workgroup> rowTable: array<vec2f, ${tableSize}>;
var<workgroup> columnTable: array<vec2f, ${tableSize}>;
${turns}
${phases}
@compute @workgroup_size(${side}, ${side})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
        @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * ${tile}u;
  let firstColumn = group.x * ${tile}u;
  let first = group.z * ${slabSize}u;
  let end = min(first + ${slabSize}u, params.visibilities);
  // What lies beyond the last row and column need not be summed.
  let rows = params.rows - firstRow;
  let columns = params.columns - firstColumn;
  let inside = local.y < rows && local.x < columns;
  var total: array<vec2f, ${perInvocation ** 2}>;
  for (var start = first; start < end; start += ${step}u) {
    for (var entry = 0u; entry < ${tableSize / side ** 2}u; entry++) {
      let at = entry * ${side * side}u + index;
      let k = start + at / ${tile}u;
      let line = at % ${tile}u;
      var row = vec2f();
      var column = vec2f();
      if (k < end && line < rows) {
        let q = strengths[k];
        let e = expTurns(rowPhase(k, firstRow + line));
        row = vec2f(q.x * e.x - q.y * e.y, q.x * e.y + q.y * e.x);
      }
      if (k < end && line < columns) { column = expTurns(columnPhase(k, firstColumn + line)); }
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
      let sums = total[i * ${perInvocation}u + j];
      if (row < params.rows && column < params.columns) {
        out[(group.z * params.rows + row) * params.columns + column] = ${element};
      }
    }
  }
}
`,
    }),
  };
}

/** The program with the smallest tile that covers a table at once, or the one with the largest. */
export function smallestCovering<B extends string>(
  programs: readonly TiledProgram<B>[],
  rows: number,
  columns: number,
): TiledProgram<B> {
  const covering = programs.find(({ tile }) => tile >= Math.max(rows, columns));
  return covering ?? programs[programs.length - 1];
}
