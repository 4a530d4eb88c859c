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
  readonly fits: Readonly<Partial<Record<Kind, Recovery>>>;
}

export const kinds = ['gradient', 'matern', 'field', 'maternAdapt'] as const;
/** What was believed of the source. */
export type Kind = (typeof kinds)[number];
/** It follows an image of the same data, so that its evidence is none to choose by. */
export const adaptive: Kind = 'maternAdapt';
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
      const fit = lens.fits[kind];
      if (fit === undefined) continue;
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
    for (const kind of kinds) printSum([source, kind], those, ({ fits }) => fits[kind]);
    printSum([source, 'the most evident'], those, mostEvident);
  }
}

/** That of the fits without adapt images which has the most evidence, of those that have converged where some have. */
function mostEvident({ fits }: RecoveredLens): Recovery | undefined {
  const all = kinds.flatMap((kind) => (kind === adaptive ? [] : (fits[kind] ?? [])));
  const converged = all.filter((fit) => fit.converged);
  const [first] = (converged.length > 0 ? converged : all).toSorted((a, b) => b.logEvidence - a.logEvidence);
  return first;
}

function printSum(
  titles: readonly string[],
  lenses: readonly RecoveredLens[],
  fitOf: (lens: RecoveredLens) => Recovery | undefined,
): void {
  const found = lenses.flatMap((lens) => {
    const fit = fitOf(lens);
    return fit === undefined ? [] : [{ lens, fit }];
  });
  if (found.length === 0) return;
  const all = found.flatMap(({ lens, fit }) => pullsOf(lens, fit));
  const pulls = all.filter(Number.isFinite);
  const mean = pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
  const width = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / pulls.length);
  const beyond = pulls.filter((pull) => Math.abs(pull) > 3).length;
  const converged = found.filter(({ fit }) => fit.converged).length;
  const within = found.filter(({ lens, fit }) => Math.abs(radiusOff(lens, fit)) < 1).length;
  const seconds = found.reduce((sum, { fit }) => sum + fit.cpuSeconds, 0) / found.length;
  const cells = [...titles, found.length, converged, mean.toFixed(2), width.toFixed(2), `${beyond} of ${pulls.length}`];
  console.log(`| ${[...cells, all.length - pulls.length, within, seconds.toFixed(0)].join(' | ')} |`);
}
