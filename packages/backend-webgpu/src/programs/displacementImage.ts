import { program } from '../device/program.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * W by displacement as a complex image whose ends meet: at (dy mod rows, dx mod columns), 0 where |dy| or |dx| is not
 * below the extent of the image.
 * Buffers: table; out (rows, columns).
 * Dispatched over rows columns.
 */
const imageOf = (lookup: Lookup) =>
  program({
    label: `image of a ${lookup.label}`,
    params: ['rows', 'columns', 'extentRows', 'extentColumns', 'tableRows', 'tableColumns'],
    reads: { table: 'f32' },
    writes: { out: 'vec2f' },
    wgsl: /* wgsl */ `${lookup.wgsl}
fn signed(at: u32, length: u32) -> i32 { return select(i32(at), i32(at) - i32(length), at > length / 2u); }
${overIndexes(
  'i',
  `
  if (i >= params.rows * params.columns) { return; }
  let down = signed(i / params.columns, params.rows);
  let right = signed(i % params.columns, params.columns);
  var value = 0f;
  if (abs(down) < i32(params.extentRows) && abs(right) < i32(params.extentColumns)) {
    value = table[displacement(down, right)];
  }
  out[i] = vec2f(value, 0f);
`,
)}`,
  });

export const displacementImagePrograms = { half: imageOf(half), wrapped: imageOf(wrapped) };
