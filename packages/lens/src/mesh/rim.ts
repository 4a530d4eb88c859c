import { index, type NdArray } from '@wtilde/core-types';

/** The source pixels of the outermost rows and columns, ascending. */
export function rimOf([rows, columns]: readonly [number, number]): NdArray<'index'> {
  const pixels: number[] = [];
  for (let pixel = 0; pixel < rows * columns; pixel++) {
    const [row, column] = [Math.floor(pixel / columns), pixel % columns];
    if (row === 0 || row === rows - 1 || column === 0 || column === columns - 1) pixels.push(pixel);
  }
  return index(Int32Array.from(pixels));
}
