import { fraction } from './turns';

/**
 * Splits the phase x u + y v of lattice point (r, c), in turns, into a part of its row and one of its column:
 * (rowStart + r rowStep) +- (columnStart + h columnStep). Columns are counted in pairs from the middle of the row
 * outwards, h = 0, 1, ...; the first stands on the middle when their number is odd and half a pixel beside it when
 * even. The middle's own phase belongs to the row. Every product is rounded once, then reduced exactly.
 *
 * @param uv (count, 2)
 * @param axes four times `capacity` numbers: rowStart, rowStep, columnStart, columnStep
 */
export function fillLatticeAxes(
  axes: usize,
  capacity: i32,
  uv: usize,
  count: i32,
  columns: i32,
  x0: f64,
  y0: f64,
  pitchX: f64,
  pitchY: f64,
): void {
  const line = <usize>capacity << 3;
  const beside = (columns & 1) == 0 ? 0.5 * pitchX : 0;
  const middle = x0 + 0.5 * <f64>(columns - 1) * pitchX;
  for (let k = 0; k < count; k++) {
    const u = load<f64>(uv);
    const v = load<f64>(uv, 8);
    uv += 16;
    store<f64>(axes, fraction(middle * u) + fraction(y0 * v));
    store<f64>(axes + line, -fraction(pitchY * v));
    store<f64>(axes + 2 * line, fraction(beside * u));
    store<f64>(axes + 3 * line, fraction(pitchX * u));
    axes += 8;
  }
}
