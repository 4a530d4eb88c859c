/** A function of one number by pieces of Chebyshev polynomials, each made when it is first needed. */
export function chebyshevTable(
  valueAt: (x: number) => number,
  { width, degree }: { readonly width: number; readonly degree: number },
): (x: number) => number {
  // Arrays from 0 up and from -1 down: quicker than a map.
  const above: (Float64Array | undefined)[] = [];
  const below: (Float64Array | undefined)[] = [];
  return (x) => {
    const piece = Math.floor(x / width);
    let coefficients = piece < 0 ? below[~piece] : above[piece];
    if (coefficients === undefined) {
      coefficients = interpolated((u) => valueAt((piece + (u + 1) / 2) * width), degree);
      if (piece < 0) below[~piece] = coefficients;
      else above[piece] = coefficients;
    }
    const u = 2 * (x / width - piece) - 1;
    let [b1, b2] = [0, 0];
    for (let k = degree; k > 0; k--) {
      const b0 = coefficients[k] + 2 * u * b1 - b2;
      b2 = b1;
      b1 = b0;
    }
    return coefficients[0] + u * b1 - b2;
  };
}

/** Coefficients of the polynomial that agrees with a function at the zeros of the next one. */
function interpolated(valueAt: (u: number) => number, degree: number): Float64Array {
  const count = degree + 1;
  const angles = Array.from({ length: count }, (_, n) => (Math.PI * (n + 0.5)) / count);
  const values = angles.map((angle) => valueAt(Math.cos(angle)));
  return Float64Array.from({ length: count }, (_, k) => {
    const sum = values.reduce((total, value, n) => total + value * Math.cos(k * angles[n]), 0);
    return (sum * (k === 0 ? 1 : 2)) / count;
  });
}
