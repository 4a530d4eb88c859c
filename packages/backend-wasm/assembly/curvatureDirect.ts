/**
 * F = T^t W T from W by displacement, pair by pair, without any intermediate array: G, of which F = G + G^t.
 *
 * For every pair of image pixels i <= j, W_ij is looked up once and T_is W_ij T_jt added to G_st for the entries of
 * both rows. M^2 B^2 / 2 scattered products.
 *
 * @param byRow the pixels by rising row
 * @param pixIndexes (M, B) source pixels; a negative one ends a row
 */
export function curvatureDirect(
  byRow: usize,
  pixelRow: usize,
  pixelColumn: usize,
  imagePixels: i32,
  table: usize,
  columns: i32,
  pixIndexes: usize,
  pixWeights: usize,
  perRow: i32,
  pixels: i32,
  out: usize,
): void {
  const tableWidth = 2 * columns - 1;
  memory.fill(out, 0, <usize>(pixels * pixels) << 3);
  for (let n = 0; n < imagePixels; n++) {
    const i = load<i32>(byRow + (<usize>n << 2));
    const originColumn = load<i32>(pixelColumn + (<usize>i << 2));
    const origin = columns - 1 - originColumn - load<i32>(pixelRow + (<usize>i << 2)) * tableWidth;
    for (let l = n; l < imagePixels; l++) {
      const j = load<i32>(byRow + (<usize>l << 2));
      const row = load<i32>(pixelRow + (<usize>j << 2));
      const place = origin + row * tableWidth + load<i32>(pixelColumn + (<usize>j << 2));
      const w = load<f64>(table + (<usize>place << 3));
      addPair(l == n ? 0.5 * w : w, i, j, pixIndexes, pixWeights, perRow, pixels, out);
    }
  }
}

function addPair(
  w: f64,
  i: i32,
  j: i32,
  pixIndexes: usize,
  pixWeights: usize,
  perRow: i32,
  pixels: i32,
  out: usize,
): void {
  const endI = (i + 1) * perRow;
  const endJ = (j + 1) * perRow;
  for (let e = endI - perRow; e < endI; e++) {
    const s = load<i32>(pixIndexes + (<usize>e << 2));
    if (s < 0) return;
    const factor = w * load<f64>(pixWeights + (<usize>e << 3));
    const row = out + (<usize>(s * pixels) << 3);
    for (let f = endJ - perRow; f < endJ; f++) {
      const t = load<i32>(pixIndexes + (<usize>f << 2));
      if (t < 0) break;
      const to = row + (<usize>t << 3);
      store<f64>(to, load<f64>(to) + factor * load<f64>(pixWeights + (<usize>f << 3)));
    }
  }
}
