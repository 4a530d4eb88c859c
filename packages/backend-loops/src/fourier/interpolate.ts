/**
 * Reads a block of visibilities off the fine grid, the transpose of `spread`:
 * out[p] += sum_ij factorsY[width p + i] factorsX[width p + j] grid[cell[p] + stride i + j].
 *
 * The columns are taken four or six at a time; width^2 products per visibility.
 */
export function interpolate(
  grid: Float64Array,
  stride: number,
  cell: Int32Array,
  width: number,
  factorsX: Float64Array,
  factorsY: Float64Array,
  count: number,
  out: Float64Array,
): void {
  let column = 0;
  for (; (width - column) % 6 !== 0; column += 4) {
    interpolateFour(grid, stride, cell, width, column, factorsX, factorsY, count, out);
  }
  for (; column < width; column += 6) {
    interpolateSix(grid, stride, cell, width, column, factorsX, factorsY, count, out);
  }
}

function interpolateFour(
  grid: Float64Array,
  stride: number,
  cell: Int32Array,
  width: number,
  column: number,
  factorsX: Float64Array,
  factorsY: Float64Array,
  count: number,
  out: Float64Array,
): void {
  for (let p = 0; p < count; p++) {
    const x = (p * width + column) | 0;
    const x0 = factorsX[x];
    const x1 = factorsX[(x + 1) | 0];
    const x2 = factorsX[(x + 2) | 0];
    const x3 = factorsX[(x + 3) | 0];
    let at = (cell[p] + column) | 0;
    const stop = (p * width + width) | 0;
    let sum = 0;
    for (let y = (p * width) | 0; y < stop; y = (y + 1) | 0) {
      const left = grid[at] * x0 + grid[(at + 1) | 0] * x1;
      const right = grid[(at + 2) | 0] * x2 + grid[(at + 3) | 0] * x3;
      sum += factorsY[y] * (left + right);
      at = (at + stride) | 0;
    }
    out[p] += sum;
  }
}

function interpolateSix(
  grid: Float64Array,
  stride: number,
  cell: Int32Array,
  width: number,
  column: number,
  factorsX: Float64Array,
  factorsY: Float64Array,
  count: number,
  out: Float64Array,
): void {
  for (let p = 0; p < count; p++) {
    const x = (p * width + column) | 0;
    const x0 = factorsX[x];
    const x1 = factorsX[(x + 1) | 0];
    const x2 = factorsX[(x + 2) | 0];
    const x3 = factorsX[(x + 3) | 0];
    const x4 = factorsX[(x + 4) | 0];
    const x5 = factorsX[(x + 5) | 0];
    let at = (cell[p] + column) | 0;
    const stop = (p * width + width) | 0;
    let sum = 0;
    for (let y = (p * width) | 0; y < stop; y = (y + 1) | 0) {
      const left = grid[at] * x0 + grid[(at + 1) | 0] * x1;
      const right = grid[(at + 2) | 0] * x2 + grid[(at + 3) | 0] * x3;
      const last = grid[(at + 4) | 0] * x4 + grid[(at + 5) | 0] * x5;
      sum += factorsY[y] * (left + right + last);
      at = (at + stride) | 0;
    }
    out[p] += sum;
  }
}
