/** A value at a point (y, x) of the image plane. */
export type ValueAt = (y: number, x: number) => number;

/** A line along which a value is 0: its points y, x, y, x, ... in order, the first not repeated at the end. */
export interface Contour {
  readonly points: number[];
  readonly closed: boolean;
}

/** A lattice of points, rows by columns, and a value at each. */
export interface Lattice {
  readonly ys: Float64Array;
  readonly xs: Float64Array;
  readonly values: Float64Array;
}

/**
 * The lines along which a value is 0, by marching squares (Lorensen & Cline 1987 in the plane): every crossing of a side
 * of the lattice is then found to rounding by the value itself. Where a cell has four, the value in its middle decides.
 * What does not cross a side is not found. Lines that leave the lattice are open.
 */
export function zeroContours({ ys, xs, values }: Lattice, valueAt: ValueAt): Contour[] {
  const columns = xs.length;
  const above = (i: number, j: number) => values[i * columns + j] > 0;
  // A side is twice the node that it starts at, plus 1 where it runs to the next row.
  const beside = (i: number, j: number) => 2 * (i * columns + j);
  const below = (i: number, j: number) => 2 * (i * columns + j) + 1;
  const links = new Map<number, number[]>();
  const link = (a: number, b: number) => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      const known = links.get(from);
      if (known === undefined) links.set(from, [to]);
      else known.push(to);
    }
  };
  for (let i = 0; i + 1 < ys.length; i++) {
    for (let j = 0; j + 1 < columns; j++) {
      const [a, b, c, d] = [above(i, j), above(i, j + 1), above(i + 1, j + 1), above(i + 1, j)];
      const [ab, bc, cd, da] = [beside(i, j), below(i, j + 1), beside(i + 1, j), below(i, j)];
      const crossed = [...(a === b ? [] : [ab]), ...(b === c ? [] : [bc]), ...(c === d ? [] : [cd])];
      if (d !== a) crossed.push(da);
      if (crossed.length === 2) link(crossed[0], crossed[1]);
      if (crossed.length < 4) continue;
      const joinsA = valueAt((ys[i] + ys[i + 1]) / 2, (xs[j] + xs[j + 1]) / 2) > 0 === a;
      link(ab, joinsA ? bc : da);
      link(cd, joinsA ? da : bc);
    }
  }
  const pointOf = (side: number): [number, number] => {
    const node = side >> 1;
    const [i, j] = [Math.floor(node / columns), node % columns];
    const down = side % 2 === 1;
    const other = down ? node + columns : node + 1;
    const [y, x] = [ys[i], xs[j]];
    const [dy, dx] = down ? [ys[i + 1] - y, 0] : [0, xs[j + 1] - x];
    const part = rootBetween((t) => valueAt(y + t * dy, x + t * dx), values[node], values[other]);
    return [y + part * dy, x + part * dx];
  };
  return chainsOf(links).map(({ sides, closed }) => ({ points: sides.flatMap(pointOf), closed }));
}

/** Walks along the links: lines with ends first, then rings. */
function chainsOf(links: ReadonlyMap<number, readonly number[]>): { sides: number[]; closed: boolean }[] {
  const visited = new Set<number>();
  const walk = (first: number): number[] => {
    const sides: number[] = [];
    for (let at: number | undefined = first; at !== undefined; ) {
      visited.add(at);
      sides.push(at);
      at = links.get(at)?.find((next) => !visited.has(next));
    }
    return sides;
  };
  const chains: { sides: number[]; closed: boolean }[] = [];
  for (const closed of [false, true]) {
    for (const [side, next] of links) {
      if (visited.has(side) || (!closed && next.length > 1)) continue;
      chains.push({ sides: walk(side), closed });
    }
  }
  return chains;
}

/** Where a function of 0 to 1 whose values there have different signs is 0, by the Illinois method (Dowell & Jarratt 1971). */
export function rootBetween(f: (t: number) => number, atStart: number, atEnd: number): number {
  let [low, high, fLow, fHigh] = [0, 1, atStart, atEnd];
  for (let step = 0; step < 80; step++) {
    if (fLow === 0) return low;
    if (fHigh === 0) return high;
    const guess = low - (fLow * (high - low)) / (fHigh - fLow);
    // Poles and endless values: the middle instead.
    const at = guess > low && guess < high ? guess : (low + high) / 2;
    if (at === low || at === high || high - low < 1e-15) return at;
    const value = f(at);
    if (value > 0 === fHigh > 0) {
      if (Math.abs(at - high) < 1e-14) return at;
      [high, fHigh] = [at, value];
      fLow /= 2;
    } else {
      if (Math.abs(at - low) < 1e-14) return at;
      [low, fLow] = [at, value];
      fHigh /= 2;
    }
  }
  return (low + high) / 2;
}
