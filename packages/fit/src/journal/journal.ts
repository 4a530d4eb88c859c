import { bool, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { type Fields, requireField } from '@wtilde/data';
import { type Evaluation, failed, type Objective } from '../objective.js';

/** What a run is: two with the same facts make the same evaluations. */
export type RunFacts = Readonly<Record<string, string | number | boolean>>;

/** What a checkpoint says beside its evaluations. */
export interface JournalState {
  readonly format: 1;
  readonly run: RunFacts;
  readonly evaluations: number;
  readonly failures: number;
}

/** Where a journal is kept. */
export interface JournalStorage {
  /** The last state that was saved whole; undefined where there is none. */
  state(): Promise<JournalState | undefined>;
  /** One page of evaluations; it may hold more than the state counts, which are then not valid. */
  page(number: number): Promise<Fields>;
  /** Keeps a page, and after it the state: whoever is killed in between has the state of before. */
  save(number: number, page: Fields, state: JournalState): Promise<void>;
}

/** An objective that remembers. */
export interface Journal extends Objective {
  /** Evaluations that were taken from the journal instead of being made. */
  readonly replayed: number;
}

/** Evaluations of a page: what is written again with every batch until it is full. */
const pageLength = 1024;

/**
 * An objective whose evaluations are kept, every batch before its searcher goes on. Searches decide by evaluations alone,
 * so a run that was cut off is resumed by running it again: what it asks for first is read instead of evaluated, to the
 * last bit, and it goes on where the last whole batch ended.
 *
 * @throws InvalidOption where the storage holds another run, FileFormat where it was made by another version or machine.
 */
export async function keepJournal(objective: Objective, storage: JournalStorage, run: RunFacts): Promise<Journal> {
  const state = await storage.state();
  if (state !== undefined) requireSameRun(state.run, run);
  const order = objective.parameters.length;
  const known = state?.evaluations ?? 0;
  let replayed = 0;
  let failures = 0;
  /** The page that is being read from or written to. */
  let current = { number: 0, page: emptyPage(order) };

  async function turnTo(at: number): Promise<void> {
    const number = Math.floor(at / pageLength);
    if (number === current.number && (at > 0 || known === 0)) return;
    const stored = at < known ? pageFrom(await storage.page(number), order) : emptyPage(order);
    current = { number, page: stored };
  }

  async function replay(points: readonly Float64Array[]): Promise<readonly Evaluation[]> {
    const evaluations: Evaluation[] = [];
    for (const point of points) {
      await turnTo(replayed);
      const row = replayed % pageLength;
      if (!point.every((value, i) => Object.is(value, current.page.points[row * order + i]))) throw strange(replayed);
      evaluations.push(evaluationAt(current.page, row, order));
      replayed += 1;
    }
    return evaluations;
  }

  let written = known;
  return {
    parameters: objective.parameters,
    hasGradient: objective.hasGradient,
    easing: objective.easing,
    get replayed() {
      return replayed;
    },
    async evaluate(points, how) {
      const old = await replay(points.slice(0, Math.max(0, known - replayed)));
      failures += old.filter(({ failure }) => failure !== undefined).length;
      const missing = points.slice(old.length);
      if (missing.length === 0) return old;
      const made = await objective.evaluate(missing, how);
      failures += made.filter(({ failure }) => failure !== undefined).length;
      for (const [i, evaluation] of made.entries()) {
        await turnTo(written);
        setEvaluation(current.page, written % pageLength, missing[i], evaluation);
        written += 1;
        const last = i === made.length - 1;
        if (last || written % pageLength === 0) {
          // Pages that fill up within a batch do not count before the batch is whole.
          const evaluations = last ? written : written - 1 - i;
          await storage.save(current.number, fieldsOf(current.page, rowsOf(written), order), {
            format: 1,
            run,
            evaluations,
            failures: last ? failures : failures - made.filter(({ failure }) => failure !== undefined).length,
          });
        }
      }
      return [...old, ...made];
    },
  };
}

function rowsOf(written: number): number {
  return ((written - 1) % pageLength) + 1;
}

interface Page {
  readonly points: Float64Array;
  readonly values: Float64Array;
  readonly gradients: Float64Array;
  /** 1: a gradient is there, 2: it has failed. */
  readonly marks: Uint8Array;
}

function emptyPage(order: number): Page {
  return {
    points: new Float64Array(pageLength * order),
    values: new Float64Array(pageLength),
    gradients: new Float64Array(pageLength * order),
    marks: new Uint8Array(2 * pageLength),
  };
}

function setEvaluation(page: Page, row: number, point: Float64Array, evaluation: Evaluation): void {
  const order = point.length;
  const { logLikelihood, gradient, failure } = evaluation;
  page.points.set(point, row * order);
  page.values[row] = logLikelihood;
  page.gradients.set(gradient ?? new Float64Array(order), row * order);
  page.marks.set([gradient === undefined ? 0 : 1, failure === undefined ? 0 : 1], 2 * row);
}

function evaluationAt(page: Page, row: number, order: number): Evaluation {
  if (page.marks[2 * row + 1] === 1) return failed('it had no value before the run was resumed');
  const logLikelihood = page.values[row];
  if (page.marks[2 * row] === 0) return { logLikelihood };
  return { logLikelihood, gradient: page.gradients.slice(row * order, (row + 1) * order) };
}

function fieldsOf({ points, values, gradients, marks }: Page, rows: number, order: number): Fields {
  return {
    points: real(points.slice(0, rows * order), [rows, order]),
    log_likelihoods: real(values.slice(0, rows), [rows]),
    gradients: real(gradients.slice(0, rows * order), [rows, order]),
    has_gradient_and_failed: bool(marks.slice(0, 2 * rows), [rows, 2]),
  };
}

function pageFrom(fields: Fields, order: number): Page {
  const page = emptyPage(order);
  const copy = (target: Float64Array | Uint8Array, { data }: NdArray<'real' | 'bool'>) => {
    if (data.length <= target.length) target.set(data);
  };
  copy(page.points, requireField(fields, 'points', 'real'));
  copy(page.values, requireField(fields, 'log_likelihoods', 'real'));
  copy(page.gradients, requireField(fields, 'gradients', 'real'));
  copy(page.marks, requireField(fields, 'has_gradient_and_failed', 'bool'));
  return page;
}

function requireSameRun(before: RunFacts, now: RunFacts): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const other = names.find((name) => before[name] !== now[name]);
  if (other === undefined) return;
  throw new WtildeError('InvalidOption', {
    what: 'the checkpoint is that of another run',
    where: `checkpoint ${other}`,
    expected: String(before[other] ?? 'nothing'),
    actual: String(now[other] ?? 'nothing'),
    remedy: 'resume with what the run was begun with, or begin a new one elsewhere',
  });
}

function strange(at: number): WtildeError {
  return new WtildeError('FileFormat', {
    what: 'the run does not go where the checkpoint went',
    where: `checkpoint evaluation ${at}`,
    expected: 'the same points',
    actual: 'others: another version, or a machine that rounds otherwise, has made it',
    remedy: 'resume where it was begun, or begin a new run',
  });
}
