/** A = A + A^t in place, row-major (order, order), in blocks that stay in cache. */
export function addTransposeInPlace(values: Float64Array, order: number): void {
  const block = 32;
  for (let top = 0; top < order; top += block) {
    const bottom = Math.min(top + block, order);
    for (let left = 0; left <= top; left += block) {
      for (let row = top; row < bottom; row++) {
        const end = Math.min(left + block, row + 1);
        for (let column = left; column < end; column++) {
          const sum = values[row * order + column] + values[column * order + row];
          values[row * order + column] = sum;
          values[column * order + row] = sum;
        }
      }
    }
  }
}

/** Copies the upper triangle of a row-major (order, order) matrix to the lower, in place. */
export function copyUpperToLower(values: Float64Array, order: number): void {
  const block = 32;
  for (let top = 0; top < order; top += block) {
    const bottom = Math.min(top + block, order);
    for (let left = 0; left <= top; left += block) {
      for (let row = top; row < bottom; row++) {
        const end = Math.min(left + block, row);
        for (let column = left; column < end; column++) {
          values[row * order + column] = values[column * order + row];
        }
      }
    }
  }
}
