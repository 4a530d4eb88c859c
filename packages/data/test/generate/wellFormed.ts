import { expect } from 'vitest';
import { type Fields, requireField } from '../../src/index.js';
import { complexes, indexes, mappingRows, neighborLists, reals } from './numbers.js';

/** What every generated dataset fulfils, whatever its sizes. */
export function expectWellFormed(
  fields: Fields,
  sizes: { readonly N: number; readonly K: number; readonly S: number; readonly B: number; readonly P: number },
): void {
  const { N, K, S, B, P } = sizes;
  const M = indexes(fields, 'total_mask_pixels')[0];
  const shapes = Object.fromEntries(
    Object.entries(fields).map(([name, { dtype, shape }]) => [name, `${dtype} ${shape.join(' ')}`.trim()]),
  );
  expect(shapes).toMatchObject({
    centre: 'real 2',
    coefficient: 'real',
    data: `complex ${K}`,
    dirty_image: `real ${M}`,
    grid_radians_2d: `real ${N} ${N} 2`,
    grid_radians_slim: `real ${M} 2`,
    grid_size: 'index',
    image: `real ${M}`,
    native_index_for_slim_index: `index ${M} 2`,
    neighbors: `index ${S} ${P}`,
    neighbors_sizes: `index ${S}`,
    noise_map: `complex ${K}`,
    noise_map_real: `real ${K}`,
    pix_indexes_for_sub_slim_index: `index ${M} ${B}`,
    pix_pixels: 'index',
    pix_size_for_sub_slim_index: `index ${M}`,
    pix_weights_for_sub_slim_index: `real ${M} ${B}`,
    pixel_scale: 'real',
    pixel_scales: 'real 2',
    pixels: 'index',
    radius: 'real',
    shape_masked_pixels_2d: 'index 2',
    shape_native: 'index 2',
    slim_index_for_sub_slim_index: `index ${M}`,
    sub_fraction: `real ${M}`,
    total_mask_pixels: 'index',
    uv_wavelengths: `real ${K} 2`,
    visibilities_real: `real ${K}`,
  });
  expect(indexes(fields, 'grid_size')[0]).toBe(N);
  expect(indexes(fields, 'pixels')[0]).toBe(S);
  expect(indexes(fields, 'pix_pixels')[0]).toBe(S);
  expectFiniteAndNonZero(fields);
  expectMask(fields, N);
  expectMapping(fields, S);
  expectNeighbors(fields, S);
}

function expectFiniteAndNonZero(fields: Fields): void {
  for (const { data } of Object.values(fields)) {
    expect(data.every((value) => Number.isFinite(value))).toBe(true);
  }
  expect(complexes(fields, 'noise_map').every((value) => value > 0)).toBe(true);
  expect(reals(fields, 'visibilities_real').every((value) => value !== 0)).toBe(true);
  complexes(fields, 'data').forEach((value, lane) => {
    if (lane % 2 === 0) expect(reals(fields, 'visibilities_real')[lane / 2]).toBe(value);
  });
  complexes(fields, 'noise_map').forEach((value, lane) => {
    if (lane % 2 === 0) expect(reals(fields, 'noise_map_real')[lane / 2]).toBe(value);
  });
}

/** The unmasked pixels are those of kernel #2, in the bounding square of side N, and the grids fit. */
function expectMask(fields: Fields, N: number): void {
  const [rows, columns] = indexes(fields, 'shape_native');
  const [height, width] = reals(fields, 'pixel_scales');
  const radius = reals(fields, 'radius')[0];
  const unmasked: [number, number][] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const y = (row - (rows - 1) / 2) * height;
      const x = (column - (columns - 1) / 2) * width;
      if (y ** 2 + x ** 2 <= radius ** 2) unmasked.push([row, column]);
    }
  }
  const top = Math.min(...unmasked.map(([row]) => row));
  const left = Math.min(...unmasked.map(([, column]) => column));
  const side = Math.max(...unmasked.map(([row]) => row)) - top + 1;
  expect(side).toBe(N);
  const native = indexes(fields, 'native_index_for_slim_index');
  expect([...native]).toEqual(unmasked.flatMap(([row, column]) => [row - top, column - left]));
  const step = (reals(fields, 'pixel_scale')[0] * Math.PI) / 648000;
  const slim = reals(fields, 'grid_radians_slim');
  const square = requireField(fields, 'grid_radians_2d', 'real').data;
  native.forEach((at, i) => {
    // y falls as the row grows, x rises with the column.
    const expected = square[i % 2] + (i % 2 === 0 ? -at : at) * step;
    expect(Math.abs(slim[i] - expected)).toBeLessThan(1e-9 * step);
    const row = native[i - (i % 2)];
    const column = native[i - (i % 2) + 1];
    expect(square[2 * (row * N + column) + (i % 2)]).toBe(slim[i]);
  });
}

function expectMapping(fields: Fields, S: number): void {
  const slots = requireField(fields, 'pix_indexes_for_sub_slim_index', 'index');
  const rows = mappingRows(fields);
  for (const row of rows) {
    expect(row.length).toBeGreaterThan(0);
    expect(new Set(row.map(([pixel]) => pixel)).size).toBe(row.length);
    expect(row.every(([pixel, weight]) => pixel >= 0 && pixel < S && weight > 0)).toBe(true);
    expect(Math.abs(row.reduce((sum, [, weight]) => sum + weight, 0) - 1)).toBeLessThan(1e-14);
  }
  const used = rows.reduce((sum, row) => sum + row.length, 0);
  expect(slots.data.filter((pixel) => pixel === -1).length).toBe(slots.data.length - used);
}

function expectNeighbors(fields: Fields, S: number): void {
  const lists = neighborLists(fields);
  expect(lists.length).toBe(S);
  lists.forEach((list, i) => {
    expect(list).toEqual([...new Set(list)].sort((a, b) => a - b));
    expect(list).not.toContain(i);
    for (const j of list) expect(lists[j]).toContain(i);
  });
  const all = requireField(fields, 'neighbors', 'index').data;
  const used = lists.reduce((sum, list) => sum + list.length, 0);
  expect(all.filter((j) => j === -1).length).toBe(all.length - used);
}
