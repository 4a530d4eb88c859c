/** Distances between neighbours that are above this share of all others are left out. */
const usual = 0.9;
/** Friends are as far apart as this many usual neighbours. */
const friends = 2;
/** Every pair is looked at, so of more points only as many are. */
const mostPoints = 1500;

/**
 * Groups of points that are connected by steps of a length at which neighbours usually lie (friends of friends): apart
 * where there is empty space between. The result is the group of each point, from 0. Groups that are too small go to that of the nearest other point.
 */
export function clustersOf(points: readonly Float64Array[], least: number): readonly number[] {
  const looked = points.slice(0, mostPoints);
  const count = looked.length;
  const apart = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < looked[a].length; i++) sum += (looked[a][i] - looked[b][i]) ** 2;
    return sum;
  };
  const nearest = looked.map((_, a) => {
    let least = Number.POSITIVE_INFINITY;
    for (let b = 0; b < count; b++) if (b !== a) least = Math.min(least, apart(a, b));
    return least;
  });
  const length = friends ** 2 * nearest.toSorted((a, b) => a - b)[Math.floor(usual * (count - 1))];
  const group = new Int32Array(count).fill(-1);
  const sizes: number[] = [];
  for (let first = 0; first < count; first++) {
    if (group[first] >= 0) continue;
    const name = sizes.length;
    const open = [first];
    group[first] = name;
    let size = 0;
    for (let a = open.pop(); a !== undefined; a = open.pop()) {
      size += 1;
      for (let b = 0; b < count; b++) {
        if (group[b] >= 0 || apart(a, b) > length) continue;
        group[b] = name;
        open.push(b);
      }
    }
    sizes.push(size);
  }
  const large = sizes.flatMap((size, name) => (size >= least ? [name] : []));
  if (large.length < 2) return points.map(() => 0);
  const names = new Map(large.map((name, at) => [name, at]));
  const settled = looked.flatMap((_, at) => (names.has(group[at]) ? [at] : []));
  return points.map((point, at) => {
    const own = at < count ? names.get(group[at]) : undefined;
    if (own !== undefined) return own;
    let best = settled[0];
    let distance = Number.POSITIVE_INFINITY;
    for (const other of settled) {
      const far = point.reduce((sum, each, i) => sum + (each - looked[other][i]) ** 2, 0);
      if (far < distance) [best, distance] = [other, far];
    }
    return names.get(group[best]) ?? 0;
  });
}
