/** Rows of W of an item of `expandRows`. */
const ROWS = 16;

/** Rows of W of an item. */
export function expandRowCount(): i32 {
  return ROWS;
}

/**
 * Rows of the dense W (M, M) from a table by which W_ij = table[middle + place_j - place_i]: one contiguous slice for
 * every run of pixels that are neighbours in an image row.
 *
 * @param places (M) row times the width of the table, plus column
 * @param runs (count + 1) where the runs start; the last is M
 */
export function expandRows(
  item: i32,
  _thread: i32,
  table: usize,
  middle: i32,
  places: usize,
  pixels: i32,
  runs: usize,
  count: i32,
  out: usize,
): void {
  const last = min(pixels, (item + 1) * ROWS);
  for (let i = item * ROWS; i < last; i++) {
    const row = out + (<usize>(i * pixels) << 3);
    const origin = middle - load<i32>(places + (<usize>i << 2));
    for (let run: usize = 0, end = <usize>count << 2; run < end; run += 4) {
      const first = load<i32>(runs + run);
      const beyond = load<i32>(runs + run, 4);
      let from = table + (<usize>(origin + load<i32>(places + (<usize>first << 2))) << 3);
      let to = row + (<usize>first << 3);
      const stop = row + (<usize>beyond << 3);
      for (const vectors = to + ((stop - to) & ~15); to < vectors; to += 16) {
        v128.store(to, v128.load(from));
        from += 16;
      }
      if (to < stop) store<f64>(to, load<f64>(from));
    }
  }
}
