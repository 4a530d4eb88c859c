const BLOCK = 32;

/** Rows of an item of `addTransposeInPlace`. */
export function symmetricBlock(): i32 {
  return BLOCK;
}

/** A = A + A^t in place for 32 rows on and below the diagonal and the columns opposite; (order, order) in C order. */
export function addTransposeInPlace(item: i32, _thread: i32, values: usize, order: i32): void {
  const top = item * BLOCK;
  const bottom = min(top + BLOCK, order);
  for (let left = 0; left <= top; left += BLOCK) {
    for (let row = top; row < bottom; row++) {
      const end = min(left + BLOCK, row + 1);
      let here = values + (<usize>(row * order + left) << 3);
      let there = values + (<usize>(left * order + row) << 3);
      for (let column = left; column < end; column++) {
        const sum = load<f64>(here) + load<f64>(there);
        store<f64>(here, sum);
        store<f64>(there, sum);
        here += 8;
        there += <usize>order << 3;
      }
    }
  }
}

/** A_ji = A_ij for 32 rows below the diagonal: from rows `step` bytes apart to (order, order) at `out`. */
export function mirrorLower(item: i32, _thread: i32, values: usize, step: usize, order: i32, out: usize): void {
  const top = item * BLOCK;
  const bottom = min(top + BLOCK, order);
  for (let left = 0; left <= top; left += BLOCK) {
    for (let row = top; row < bottom; row++) {
      const end = min(left + BLOCK, row + 1);
      const from = values + <usize>row * step;
      for (let column = left; column < end; column++) {
        const value = load<f64>(from + (<usize>column << 3));
        store<f64>(out + (<usize>(row * order + column) << 3), value);
        store<f64>(out + (<usize>(column * order + row) << 3), value);
      }
    }
  }
}
