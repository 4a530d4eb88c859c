import { program } from '../device/program.js';
import { half, type Lookup, wrapped } from '../wgsl/lookups.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * Rows of W (M, M) looked up in a table of displacements.
 * Buffers: table; native (M, 2); out (rows, M). Dispatched over
 * rows M.
 */
const expandFrom = (lookup: Lookup) =>
  program({
    label: `expansion of a ${lookup.label}`,
    params: ['first', 'rows', 'pixels', 'tableRows', 'tableColumns'],
    reads: { table: 'f32', native: 'vec2i' },
    writes: { out: 'f32' },
    wgsl: `${lookup.wgsl}${overIndexes(
      'i',
      /* wgsl */ `
  if (i >= params.rows * params.pixels) { return; }
  let p = native[params.first + i / params.pixels] - native[i % params.pixels];
  out[i] = table[displacement(p.x, p.y)];
`,
    )}`,
  });

export const expandPrograms = { half: expandFrom(half), wrapped: expandFrom(wrapped) };
