import { type AbortSignalLike, WtildeError } from '@wtilde/core-types';
import type { Regularization } from '../regularization/kinds.js';
import type { Warning } from '../warnings/warning.js';
import type { Evidence, EvidenceTerms } from './evidence.js';
import type { EvidenceGradient } from './gradient.js';
import type { Inversion } from './inversion.js';
import type { Model } from './model.js';
import type { SourceChoice } from './positive.js';
import { haveSameW } from './sameW.js';

/** One lens before several datasets. */
export type JointModel = Omit<Model, 'regularization'> &
  Pick<SourceChoice, 'solve' | 'zeroedPixels'> & {
    /** That of all sources, or of the source of each dataset. */
    readonly regularization: Regularization | readonly Regularization[];
  };

/** The evidence of one lens from several datasets, each with a source of its own. */
export interface JointEvidence {
  /** The sum over the datasets. */
  readonly logEvidence: number;
  /** Sums over the datasets. */
  readonly terms: EvidenceTerms;
  /** The sum of theirs: how far the log evidence may be off. */
  readonly errorBound: number;
  /** Those of all datasets, each once. */
  readonly warnings: readonly Warning[];
  /** Of every dataset, in their order. */
  readonly evidences: readonly Evidence[];
  /**
   * The derivatives of the log evidence as those of an evidence: by the parameters of the lens, and by
   * `regularization.coefficient`, or `regularization.1.coefficient` of the second dataset where each has its own.
   */
  gradient(): Promise<EvidenceGradient>;
}

export interface JointInversion {
  readonly inversions: readonly Inversion[];
  /**
   * Cost: that of all datasets; where five or more have one W, bit for bit, and one regularization, F is made and factored
   * once for them, and each costs S^2.
   *
   * @throws what their evidences throw, and ShapeMismatch for regularizations of another number
   */
  evidence(model: JointModel & { readonly signal?: AbortSignalLike | undefined }): Promise<JointEvidence>;
  /** The sum of the log evidences and its derivatives, as those of `evidence`, for about the price of two evidences of each. */
  evidenceAndGradient(
    model: JointModel & { readonly signal?: AbortSignalLike | undefined },
  ): Promise<{ readonly logEvidence: number; readonly gradient: EvidenceGradient }>;
  /** Frees what backends hold for all of them. */
  dispose(): void;
}

/**
 * Several datasets, or channels of one, with one lens: observations at several frequencies, lines and continuum, several
 * arrays. Their noise is independent and each has its own source, so that log evidences add. Datasets of *one* source are
 * one dataset: sum them with `sumOfPreparedVisibilities`, or prepare their visibilities together.
 *
 * @throws MissingArgument where there are none.
 */
export function jointInversion(inversions: readonly Inversion[]): JointInversion {
  if (inversions.length === 0) {
    throw new WtildeError('MissingArgument', {
      what: 'there are no datasets',
      where: 'jointInversion',
      expected: 'at least one sums',
      actual: 'none',
      remedy: 'pass inversions of createInversion or inversionFrom',
    });
  }
  /** The first dataset of each W. */
  const likes = inversions.map((one, at) => inversions.findIndex((other, i) => i === at || haveSameW(one, other)));

  /** Datasets of one W and one regularization. */
  function groupsOf(regularizations: readonly Regularization[]) {
    const groups: Group[] = [];
    for (const [at, like] of likes.entries()) {
      const regularization = regularizations[at];
      const found = groups.find((group) => group.like === like && isSame(group.regularization, regularization));
      if (found === undefined) groups.push({ like, regularization, members: [at] });
      else found.members.push(at);
    }
    return groups;
  }

  /** The evidences of many datasets of one W; undefined where they are few. */
  async function together({ members }: Group, model: Parameters<Inversion['evidencesWith']>[1]) {
    const [first, ...others] = members.map((at) => inversions[at]);
    return others.length < fewestOthers ? undefined : await first.evidencesWith(others, model);
  }

  return {
    inversions,
    async evidence({ regularization, ...model }) {
      const each = regularizationsOf(regularization, inversions.length);
      const evidences: Evidence[] = [];
      // One after the other: each takes all of the machine.
      for (const group of groupsOf(each)) {
        const asked = { ...model, regularization: group.regularization };
        const found = await together(group, asked);
        for (const [place, at] of group.members.entries()) {
          evidences[at] = found?.[place] ?? (await inversions[at].evidence(asked));
        }
      }
      return {
        logEvidence: evidences.reduce((sum, { logEvidence }) => sum + logEvidence, 0),
        terms: sumOfTerms(evidences),
        get errorBound() {
          return evidences.reduce((sum, { errorBound }) => sum + errorBound, 0);
        },
        warnings: distinct(evidences.flatMap(({ warnings }) => warnings)),
        evidences,
        async gradient() {
          const gradients: EvidenceGradient[] = [];
          for (const each of evidences) gradients.push(await each.gradient());
          return sumOfGradients(gradients, isList(regularization));
        },
      };
    },
    async evidenceAndGradient({ regularization, ...model }) {
      let logEvidence = 0;
      const gradients: EvidenceGradient[] = [];
      for (const group of groupsOf(regularizationsOf(regularization, inversions.length))) {
        const asked = { ...model, regularization: group.regularization };
        const found = await together(group, asked);
        for (const [place, at] of group.members.entries()) {
          const one = found?.[place] ?? (await inversions[at].evidenceAndGradient(asked));
          logEvidence += one.logEvidence;
          gradients[at] = typeof one.gradient === 'function' ? await one.gradient() : one.gradient;
        }
      }
      return { logEvidence, gradient: sumOfGradients(gradients, isList(regularization)) };
    },
    dispose() {
      for (const sums of inversions) sums.dispose();
    },
  };
}

/** With fewer datasets of one W beside the first, evidences of their own are made sooner than a factor that all share. */
const fewestOthers = 4;

/** Datasets of one W and one regularization, by their places. */
interface Group {
  readonly like: number;
  readonly regularization: Regularization;
  readonly members: number[];
}

function isSame(a: Regularization, b: Regularization): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function isList(given: JointModel['regularization']): given is readonly Regularization[] {
  return Array.isArray(given);
}

function regularizationsOf(given: JointModel['regularization'], count: number): readonly Regularization[] {
  if (!isList(given)) return new Array<Regularization>(count).fill(given);
  if (given.length === count) return given;
  throw new WtildeError('ShapeMismatch', {
    what: 'there are not as many regularizations as datasets',
    where: 'evidence regularization',
    expected: `one, or ${count}`,
    actual: String(given.length),
    remedy: 'pass one for all, or one for each',
  });
}

function sumOfTerms(evidences: readonly Evidence[]): EvidenceTerms {
  const sum = (term: keyof EvidenceTerms) => evidences.reduce((total, { terms }) => total + terms[term], 0);
  return {
    chiSquared: sum('chiSquared'),
    chiSquared0: sum('chiSquared0'),
    regularizationTerm: sum('regularizationTerm'),
    logDetCurvatureRegMatrix: sum('logDetCurvatureRegMatrix'),
    logDetRegularizationMatrix: sum('logDetRegularizationMatrix'),
    noiseNormalization: sum('noiseNormalization'),
  };
}

function sumOfGradients(gradients: readonly EvidenceGradient[], own: boolean): EvidenceGradient {
  const sums = new Map<string, number>();
  for (const [at, gradient] of gradients.entries()) {
    for (const [path, value] of Object.entries(gradient)) {
      const name = own ? path.replace(/^regularization\./, `regularization.${at}.`) : path;
      sums.set(name, (sums.get(name) ?? 0) + value);
    }
  }
  return Object.fromEntries(sums);
}

/** What is true of every dataset, such as an Einstein radius beyond the mask, is said once. */
function distinct(warnings: readonly Warning[]): readonly Warning[] {
  const textOf = ({ code, where, values }: Warning) => `${code} ${where} ${values}`;
  return warnings.filter((warning, at) => warnings.findIndex((other) => textOf(other) === textOf(warning)) === at);
}
