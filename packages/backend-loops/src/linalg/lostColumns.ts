import { addStripProduct, STRIP, TILE_AREA } from '@wtilde/numerics';
import { matmulPacked, packColumns, packRows } from './matmul.js';

/** F -= X X^t in the lower triangle of F (S, S), X (S, Q); what stands above it is left as it is. S^2 Q operations. */
export function subtractSquare(X: Float64Array, order: number, terms: number, F: Float64Array): void {
  const packed = packRows(X, order, terms);
  const tile = new Float64Array(TILE_AREA);
  for (let row = 0; row < order; row += STRIP) {
    for (let column = 0; column <= row; column += STRIP) {
      addStripProduct(packed, row * terms, packed, column * terms, terms, tile, 0);
      for (let i = 0; i < Math.min(STRIP, order - row); i++) {
        for (let j = 0; j < STRIP && column + j <= row + i; j++) {
          F[(row + i) * order + column + j] -= tile[STRIP * i + j];
        }
      }
      tile.fill(0);
    }
  }
}

/** A X of a symmetric A (S, S) and X (S, Q). 2 S^2 Q operations. */
export function symmetricTimes(A: Float64Array, X: Float64Array, order: number, terms: number): Float64Array {
  return matmulPacked(packRows(A, order, order), packColumns(X, order, terms), order, terms, order);
}
