import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';
import { turns } from '../wgsl/turns.js';

/** Columns whose exponentials an invocation keeps while it goes down the rows. */
const strip = 16;

/**
 * out[k] = sum over the pixels (r, c) of a lattice image of image[r, c] exp(-2 pi i (row phase + column phase)), an
 * invocation for each visibility, by strips of columns: an exponential for a pixel of the first row of a strip and one
 * for each row of it.
 *
 * Buffers: image (rows, columns); turns (K) of row start, row step, column
 * start, column step; out (K). Dispatched over the visibilities.
 */
export const latticeVisibilities = program({
  label: 'lattice visibilities',
  params: ['visibilities', 'rows', 'columns'],
  reads: { image: 'f32', turns: 'vec4u' },
  writes: { out: 'vec2f' },
  wgsl: `${turns}${overIndexes(
    'k',
    /* wgsl */ `
  if (k >= params.visibilities) { return; }
  let t = turns[k];
  var total = vec2f();
  for (var first = 0u; first < params.columns; first += ${strip}u) {
    let width = min(${strip}u, params.columns - first);
    var column = array<vec2f, ${strip}>();
    for (var c = 0u; c < ${strip}u; c++) { column[c] = expTurns(t.z + (first + c) * t.w); }
    var sum = vec2f();
    for (var top = 0u; top < params.rows; top += 16u) {
      var part = vec2f();
      for (var r = top; r < min(top + 16u, params.rows); r++) {
        var line = vec2f();
        for (var c = 0u; c < width; c++) { line += image[r * params.columns + first + c] * column[c]; }
        let e = expTurns(t.x + r * t.y);
        part += vec2f(line.x * e.x - line.y * e.y, line.x * e.y + line.y * e.x);
      }
      sum += part;
    }
    total += sum;
  }
  out[k] = vec2f(total.x, -total.y);
`,
  )}`,
});
