/** What chains of samples tell of their convergence: Vehtari, Gelman, Simpson, Carpenter & Buerkner 2021, arXiv:1903.08008. */

type Chains = readonly (readonly number[])[];

/** The potential scale reduction of chains cut in two; 1 where all halves tell the same. */
export function splitRHatOf(chains: Chains): number {
  const { within, total } = variancesOf(halvesOf(chains));
  return within > 0 ? Math.sqrt(total / within) : 1;
}

/**
 * As many independent samples would be worth as much for a mean: by the autocorrelations of the chains, summed over the
 * initial positive sequence (Geyer 1992).
 */
export function effectiveSamplesOf(chains: Chains): number {
  const halves = halvesOf(chains);
  const count = halves.length * halves[0].length;
  const { within, total } = variancesOf(halves);
  if (!(within > 0)) return count;
  const correlation = (lag: number) => {
    const covariance = halves.reduce((sum, half) => sum + autocovariance(half, lag), 0) / halves.length;
    return 1 - (within - covariance) / total;
  };
  let sum = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < halves[0].length; lag += 2) {
    const pair = Math.min(before, correlation(lag) + correlation(lag + 1));
    if (pair < 0) break;
    sum += pair;
    before = pair;
  }
  return Math.min(count * Math.log10(count), count / Math.max(1 / Math.log10(count), 2 * sum - 1));
}

function halvesOf(chains: Chains): Chains {
  const half = Math.floor(chains[0].length / 2);
  return chains.flatMap((chain) => [chain.slice(0, half), chain.slice(-half)]);
}

function variancesOf(chains: Chains) {
  const count = chains[0].length;
  const means = chains.map(meanOf);
  const mean = meanOf(means);
  const within = meanOf(chains.map((chain) => (autocovariance(chain, 0) * count) / (count - 1)));
  const between = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, means.length - 1);
  return { within, total: (within * (count - 1)) / count + between };
}

function autocovariance(chain: readonly number[], lag: number): number {
  const mean = meanOf(chain);
  let sum = 0;
  for (let i = 0; i + lag < chain.length; i++) sum += (chain[i] - mean) * (chain[i + lag] - mean);
  return sum / chain.length;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
