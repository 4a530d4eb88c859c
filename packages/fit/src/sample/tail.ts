/**
 * The shape k of the tail of some weights: a generalised Pareto distribution fitted to the largest of them by the estimate of
 * Zhang & Stephens 2009, as Vehtari, Simpson, Gelman, Yao & Gabry 2024 (arXiv:1507.02646) use it. Below 0.5 their mean has
 * a variance; from 0.7 on, no number of them that anybody draws tells how good it is.
 */
export function tailShapeOf(weights: ArrayLike<number>): number {
  const sorted = Float64Array.from(weights).sort();
  const count = Math.ceil(Math.min(0.2 * sorted.length, 3 * Math.sqrt(sorted.length)));
  if (count < 5) return Number.POSITIVE_INFINITY;
  const cutoff = sorted[sorted.length - count - 1];
  const beyond = sorted.subarray(sorted.length - count).map((each) => each - cutoff);
  if (!(beyond[0] > 0)) return beyond[count - 1] > 0 ? Number.POSITIVE_INFINITY : 0;
  return shapeOf(beyond);
}

/** @param beyond above 0, ascending */
function shapeOf(beyond: Float64Array): number {
  const count = beyond.length;
  const quartile = beyond[Math.floor(count / 4 + 0.5) - 1];
  const grid = 30 + Math.floor(Math.sqrt(count));
  const meanLog = (theta: number) => beyond.reduce((sum, x) => sum + Math.log1p(-theta * x), 0) / count;
  const thetas = Float64Array.from(
    { length: grid },
    (_, j) => 1 / beyond[count - 1] + (1 - Math.sqrt(grid / (j + 0.5))) / (3 * quartile),
  );
  const logs = thetas.map((theta) => {
    const k = meanLog(theta);
    return count * (Math.log(-theta / k) - k - 1);
  });
  const largest = Math.max(...logs);
  let [sum, mean] = [0, 0];
  logs.forEach((log, j) => {
    sum += Math.exp(log - largest);
    mean += thetas[j] * Math.exp(log - largest);
  });
  // Drawn towards 0.5 where there are few.
  const k = meanLog(mean / sum);
  return (k * count + 5) / (count + 10);
}
