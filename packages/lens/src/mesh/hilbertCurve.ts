/**
 * A curve through every cell (column, row) of a rectangle, each next to the one before: Hilbert's, generalized to any
 * number of cells by halving the longer side, where halves are kept even.
 *
 * @returns columns and rows, one after the other
 */
export function hilbertCurve(width: number, height: number): Int32Array {
  const cells = new Int32Array(2 * width * height);
  let filled = 0;
  /** Fills the rectangle from (x, y) along the vector a, spreading along b; one component of each is 0. */
  function fill(x: number, y: number, ax: number, ay: number, bx: number, by: number): void {
    const [length, breadth] = [Math.abs(ax + ay), Math.abs(bx + by)];
    const [stepAx, stepAy, stepBx, stepBy] = [ax, ay, bx, by].map(Math.sign);
    if (length === 1 || breadth === 1) {
      const [dx, dy] = breadth === 1 ? [stepAx, stepAy] : [stepBx, stepBy];
      for (let k = 0; k < Math.max(length, breadth); k++) {
        cells[filled++] = x + k * dx;
        cells[filled++] = y + k * dy;
      }
      return;
    }
    let [halfAx, halfAy, halfBx, halfBy] = [ax, ay, bx, by].map((side) => Math.floor(side / 2));
    if (2 * length > 3 * breadth) {
      if (Math.abs(halfAx + halfAy) % 2 === 1 && length > 2) {
        halfAx += stepAx;
        halfAy += stepAy;
      }
      fill(x, y, halfAx, halfAy, bx, by);
      fill(x + halfAx, y + halfAy, ax - halfAx, ay - halfAy, bx, by);
      return;
    }
    if (Math.abs(halfBx + halfBy) % 2 === 1 && breadth > 2) {
      halfBx += stepBx;
      halfBy += stepBy;
    }
    fill(x, y, halfBx, halfBy, halfAx, halfAy);
    fill(x + halfBx, y + halfBy, ax, ay, bx - halfBx, by - halfBy);
    const endX = x + ax - stepAx + halfBx - stepBx;
    const endY = y + ay - stepAy + halfBy - stepBy;
    fill(endX, endY, -halfBx, -halfBy, halfAx - ax, halfAy - ay);
  }
  if (width >= height) fill(0, 0, width, 0, 0, height);
  else fill(0, 0, 0, height, width, 0);
  return cells;
}
