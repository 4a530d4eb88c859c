/** What a sampler has found: samples of a posterior, and with nested sampling its evidence. */
export interface Posterior {
  readonly converged: boolean;
  /** What makes it believe so, in a sentence. */
  readonly statement: string;
  /** ln of the evidence; NUTS has none. */
  readonly logZ?: { readonly value: number; readonly sigma: number } | undefined;
  readonly effectiveSamples: number;
  /** The largest split R-hat of any parameter; nested sampling has no chains. */
  readonly splitRHat?: number | undefined;
  readonly evaluations: number;
  readonly failures: number;
  /** Log evidence after each region, as far as it was known then. */
  readonly trace: readonly { readonly evaluations: number; readonly logZ: number }[];
  readonly paths: readonly string[];
  /** Values of all parameters, a point for each sample. */
  readonly values: readonly Float64Array[];
  readonly logLikelihoods: Float64Array;
  /** What each sample counts; they add up to 1. */
  readonly weights: Float64Array;
}

/** A parameter as its samples tell it. */
export interface Marginal {
  readonly path: string;
  readonly mean: number;
  readonly sigma: number;
  /** Below which 2.5, 16, 50, 84 and 97.5 % of the probability lie. */
  readonly quantiles: Readonly<Record<Quantile, number>>;
}

const quantiles = { q025: 0.025, q16: 0.16, median: 0.5, q84: 0.84, q975: 0.975 } as const;
export type Quantile = keyof typeof quantiles;

/** Mean, standard deviation and quantiles of every parameter. */
export function marginalsOf({ paths, values, weights }: Posterior): readonly Marginal[] {
  return paths.map((path, at) => {
    const own = values.map((value) => value[at]);
    const mean = own.reduce((sum, value, i) => sum + weights[i] * value, 0);
    const variance = own.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0);
    const order = own.map((_, i) => i).sort((a, b) => own[a] - own[b]);
    const quantile = (share: number) => {
      let below = 0;
      for (const i of order) {
        below += weights[i];
        if (below >= share) return own[i];
      }
      return own[order[order.length - 1]];
    };
    const { q025, q16, median, q84, q975 } = quantiles;
    return {
      path,
      mean,
      sigma: Math.sqrt(variance),
      quantiles: {
        q025: quantile(q025),
        q16: quantile(q16),
        median: quantile(median),
        q84: quantile(q84),
        q975: quantile(q975),
      },
    };
  });
}
