// What docs/fit.md says of lenses that recovery.ts has found again.

/** One fit of a lens. */
export interface Recovery {
  readonly converged: boolean;
  readonly notes: readonly string[];
  readonly evaluations: number;
  readonly cpuSeconds: number;
  readonly logEvidence: number;
  /** With the regularization of the fit. */
  readonly logEvidenceAtTruth: number;
  readonly values: readonly number[];
  /** Null where the fit has none. */
  readonly sigmas: readonly (number | null)[];
}

export interface RecoveredLens {
  readonly seed: number;
  readonly array: string;
  readonly source: string;
  readonly noise: number;
  /** Signal to noise of all visibilities together. */
  readonly signal: number;
  /** Share of the light that is beyond the mask. */
  readonly beyond: number;
  /** centre, einsteinRadius, ellComps, gamma1, gamma2. */
  readonly truth: readonly number[];
  readonly gradient: Recovery;
  readonly matern: Recovery;
}

const kinds = ['gradient', 'matern'] as const;
const radiusAt = 2;

function pullsOf({ truth }: RecoveredLens, { values, sigmas }: Recovery): readonly number[] {
  return truth.map((each, i) => (values[i] - each) / (sigmas[i] ?? Number.NaN));
}

function radiusOff({ truth }: RecoveredLens, { values }: Recovery): number {
  return 100 * (values[radiusAt] / truth[radiusAt] - 1);
}

export function printTables(lenses: readonly RecoveredLens[]): void {
  console.log(
    '| lens | array | source | S/N | with | converged | evaluations | log evidence, of the fit above that of the truth | pulls | Einstein radius, % |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const lens of lenses) {
    for (const kind of kinds) {
      const fit = lens[kind];
      const pulls = pullsOf(lens, fit).map((pull) => (Number.isFinite(pull) ? pull.toFixed(1) : '-'));
      const above = (fit.logEvidence - fit.logEvidenceAtTruth).toFixed(1);
      const evidence = `${fit.logEvidence.toFixed(1)}, ${above}`;
      const what = [lens.seed, lens.array, lens.source, lens.signal.toFixed(0), kind, fit.converged, fit.evaluations];
      console.log(`| ${[...what, evidence, pulls.join(' '), radiusOff(lens, fit).toFixed(2)].join(' | ')} |`);
    }
  }
  console.log(
    '\n| sources | with | lenses | converged | pulls: mean | width | beyond 3 | without error | radius within 1 % | cpu seconds |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const source of ['all', 'Gaussian', 'disc']) {
    const those = lenses.filter((lens) => source === 'all' || lens.source === source);
    for (const kind of kinds) printSum([source, kind], those, (lens) => lens[kind]);
    printSum([source, 'the more evident'], those, moreEvident);
  }
}

/** That of the two fits which has more evidence, of those that have converged where one has not. */
function moreEvident({ gradient, matern }: RecoveredLens): Recovery {
  if (gradient.converged !== matern.converged) return gradient.converged ? gradient : matern;
  return matern.logEvidence > gradient.logEvidence ? matern : gradient;
}

function printSum(
  titles: readonly string[],
  lenses: readonly RecoveredLens[],
  fitOf: (lens: RecoveredLens) => Recovery,
): void {
  const all = lenses.flatMap((lens) => pullsOf(lens, fitOf(lens)));
  const pulls = all.filter(Number.isFinite);
  const mean = pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
  const width = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / pulls.length);
  const beyond = pulls.filter((pull) => Math.abs(pull) > 3).length;
  const converged = lenses.filter((lens) => fitOf(lens).converged).length;
  const within = lenses.filter((lens) => Math.abs(radiusOff(lens, fitOf(lens))) < 1).length;
  const seconds = lenses.reduce((sum, lens) => sum + fitOf(lens).cpuSeconds, 0) / lenses.length;
  const cells = [
    ...titles,
    lenses.length,
    converged,
    mean.toFixed(2),
    width.toFixed(2),
    `${beyond} of ${pulls.length}`,
  ];
  console.log(`| ${[...cells, all.length - pulls.length, within, seconds.toFixed(0)].join(' | ')} |`);
}
