import { groupsOf } from './groups.js';
import type { Results, Row } from './results.js';
import { medianOf } from './statistics.js';

/** What a run says of a backend, over the groups of rows that give the same result. */
export interface BackendVerdict {
  readonly id: string;
  /** Groups in which one of its methods is the fastest. */
  readonly fastest: number;
  /** Groups that it takes part in beside others. */
  readonly groups: number;
  /** Time of its best method over that of the fastest: the geometric mean over these groups. */
  readonly ratio: number;
  /** The largest error of its results, as a part of what is allowed; undefined where nothing could judge. */
  readonly error: number | undefined;
}

/** Of every backend that ran, the one that is fastest most often first. */
export function verdictsOf(results: Results): readonly BackendVerdict[] {
  const compared = groupsOf(results).filter(({ rows }) => new Set(rows.map(({ backend }) => backend)).size > 1);
  const present = results.backends.flatMap((facts) => ('absent' in facts ? [] : [facts.id]));
  const verdicts = present.map((id): BackendVerdict => {
    // Rows of a group are sorted by time.
    const ratios = compared.flatMap(({ rows }) => {
      const best = rows.find(({ backend }) => backend === id);
      return best === undefined ? [] : [medianOf(best.samples) / medianOf(rows[0].samples)];
    });
    const errors = results.rows.flatMap(({ backend, agreement }) =>
      backend === id && agreement !== undefined ? [errorShare(agreement)] : [],
    );
    return {
      id,
      fastest: compared.filter(({ rows }) => rows[0].backend === id).length,
      groups: ratios.length,
      ratio: Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length),
      error: errors.length === 0 ? undefined : Math.max(...errors),
    };
  });
  return verdicts.sort((a, b) => b.fastest - a.fastest);
}

/** The verdict in two sentences. */
export function verdictText(results: Results): string {
  const [first] = verdictsOf(results);
  const judged = results.rows.flatMap(({ agreement }) => (agreement === undefined ? [] : [agreement]));
  const wrong = judged.filter(({ error, allowed }) => error > allowed).length;
  const right =
    wrong === 0
      ? `All ${judged.length} results that could be judged are as exact as their class asks.`
      : `${wrong} of ${judged.length} results are less exact than their class asks.`;
  if (first === undefined || first.groups === 0) return right;
  return `${first.id} is the fastest in ${first.fastest} of the ${first.groups} comparisons that it takes part in. ${right}`;
}

/** An error as a part of what is allowed: what has to be equal may be equal. */
function errorShare({ error, allowed }: NonNullable<Row['agreement']>): number {
  return error === 0 ? 0 : error / allowed;
}
