import { program } from '../device/program.js';
import { overIndexes } from '../wgsl/overIndexes.js';

/**
 * out[i] = sum_s slabs[s, i], eight at a time so that errors grow with the eighth of their number.
 * Buffers: slabs (slabs, length); out (length). Dispatched over `length`.
 */
export const sumSlabs = program({
  label: 'sum of slabs',
  params: ['slabs', 'length'],
  reads: { slabs: 'f32' },
  writes: { out: 'f32' },
  wgsl: overIndexes(
    'i',
    /* wgsl */ `
  if (i >= params.length) { return; }
  var total = 0f;
  for (var first = 0u; first < params.slabs; first += 8u) {
    var part = 0f;
    for (var s = first; s < min(first + 8u, params.slabs); s++) { part += slabs[s * params.length + i]; }
    total += part;
  }
  out[i] = total;
`,
  ),
});
