import { generator, uniform } from './random.js';

/** (M, 2) row and column of the pixels of an image that a rule keeps, row by row. */
export function pixelsWhere(rows: number, columns: number, keep: (row: number, column: number) => boolean): Int32Array {
  const native: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) if (keep(row, column)) native.push(row, column);
  }
  return Int32Array.from(native);
}

/** A disc of N x N pixels. */
export function disc(gridSize: number): Int32Array {
  const middle = (gridSize - 1) / 2;
  return pixelsWhere(gridSize, gridSize, (row, column) => {
    return Math.hypot(row - middle, column - middle) <= gridSize / 2;
  });
}

/** A ring with a hole in every row through its middle, and one pixel masked at random places. */
export function ring(gridSize: number): Int32Array {
  const middle = (gridSize - 1) / 2;
  return pixelsWhere(gridSize, gridSize, (row, column) => {
    const radius = Math.hypot(row - middle, column - middle);
    return radius <= gridSize / 2 && radius >= gridSize / 5 && (row * 7 + column * 3) % 11 !== 0;
  });
}

/** A sparse mapping with short and empty rows, duplicates, weights below 0 and above 1. */
export function randomMapping(
  imagePixels: number,
  pixels: number,
  perRow: number,
  seed: number,
): { pixIndexes: Int32Array; pixWeights: Float64Array; pixels: number } {
  const random = generator(seed);
  const pixIndexes = new Int32Array(imagePixels * perRow).fill(-1);
  const pixWeights = uniform(random, imagePixels * perRow, -0.5, 1.5);
  for (let i = 0; i < imagePixels; i++) {
    const entries = i % 9 === 4 ? 0 : 1 + Math.floor(random() * perRow);
    for (let b = 0; b < entries; b++) {
      const duplicate = b > 0 && random() < 0.2;
      pixIndexes[i * perRow + b] = duplicate ? pixIndexes[i * perRow + b - 1] : Math.floor(random() * pixels);
    }
  }
  return { pixIndexes, pixWeights, pixels };
}

/** T (M, S), dense. */
export function denseMapping(
  imagePixels: number,
  mapping: { pixIndexes: Int32Array; pixWeights: Float64Array; pixels: number },
): Float64Array {
  const { pixIndexes, pixWeights, pixels } = mapping;
  const perRow = pixIndexes.length / imagePixels;
  const dense = new Float64Array(imagePixels * pixels);
  for (let i = 0; i < imagePixels; i++) {
    for (let b = 0; b < perRow && pixIndexes[i * perRow + b] >= 0; b++) {
      dense[i * pixels + pixIndexes[i * perRow + b]] += pixWeights[i * perRow + b];
    }
  }
  return dense;
}
