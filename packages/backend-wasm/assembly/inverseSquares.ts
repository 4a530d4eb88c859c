/** Numbers of an item. */
const PART = 8192;

/** x becomes 1 / x^2 for 8192 numbers: weights from noise. One more than an odd `count` is read and written. */
export function inverseSquares(item: i32, _thread: i32, values: usize, count: i32): void {
  const one = f64x2.splat(1);
  const end = values + (<usize>min(count, (item + 1) * PART) << 3);
  for (let at = values + (<usize>(item * PART) << 3); at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, f64x2.div(one, f64x2.mul(x, x)));
  }
}
