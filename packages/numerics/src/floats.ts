/**
 * Block floating point: float32 numbers that share a power of two. Noise of 1e-21 Jy or weights of 1e40 thus neither
 * vanish nor overflow in float32; scaling by a power of two is exact.
 */
export interface Floats {
  /** values[i] = data[i] 2^exponent. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly exponent: number;
}

/** Powers of two beyond this are not normal float64 numbers. */
const most = 1020;

/** Rounds numbers to float32 relative to the largest of them. */
export function toFloats(values: Float64Array): Floats {
  const exponent = exponentOf(values);
  const factor = 2 ** -exponent;
  const data = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) data[i] = values[i] * factor;
  return { data, exponent };
}

/** The numbers, or sums of them, in float64. */
export function fromFloats(data: Float32Array | Float64Array, exponent: number): Float64Array {
  const values = new Float64Array(data.length);
  // In two steps: 2^exponent itself may be out of range where the products are not.
  const half = Math.trunc(exponent / 2);
  const [first, second] = [2 ** half, 2 ** (exponent - half)];
  for (let i = 0; i < data.length; i++) values[i] = data[i] * first * second;
  return values;
}

/** The exponent of the power of two that brings the largest number, divided by it, to 1/2 .. 1. */
export function exponentOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (largest === 0 || !Number.isFinite(largest)) return 0;
  return Math.min(Math.max(Math.floor(Math.log2(largest)) + 1, -most), most);
}
