import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { isWtildeError } from '@wtilde/core-types';
import { createEngine, type Engine } from '../engine/client.js';
import type {
  BackendChoice,
  Computing,
  Evaluated,
  Failure,
  FitResult,
  MaskChoice,
  ModelChoice,
  Opened,
  PosteriorResult,
  Request,
  SamplerChoice,
  Source,
} from '../engine/protocol.js';
import { firstGuess } from '../engine/scenes.js';
import type { Part } from '../lens/free.js';
import { download } from './download.js';
import { keptLook, type Look } from './look.js';
import { createPace } from './pace.js';
import { parseJsonFile, sessionText } from './sessionFile.js';

/** A model that was evaluated in full. */
interface Visit {
  readonly model: ModelChoice;
  readonly logEvidence: number;
}

/** A model to compare with, and all that is known of it. */
export interface Kept {
  readonly model: ModelChoice;
  readonly evaluated: Evaluated;
  readonly logZ: PosteriorResult['logZ'];
}

/** Everything that the page shows and does. */
export interface Explorer {
  readonly opened: ReadonlySignal<Opened | undefined>;
  readonly model: ReadonlySignal<ModelChoice>;
  readonly evaluated: ReadonlySignal<Evaluated | undefined>;
  readonly visits: ReadonlySignal<readonly Visit[]>;
  readonly pinned: Signal<Kept | undefined>;
  /** What is going on that takes its time. */
  readonly progress: ReadonlySignal<string | undefined>;
  /** Whether a fit or a sampler is going on. */
  readonly searching: ReadonlySignal<boolean>;
  /** What the last fit has found. */
  readonly fitted: ReadonlySignal<FitResult | undefined>;
  /** What the last sampler has found. */
  readonly posterior: Signal<PosteriorResult | undefined>;
  readonly failure: ReadonlySignal<Failure | undefined>;
  readonly look: Signal<Look>;
  readonly backend: ReadonlySignal<BackendChoice>;
  /** What computes. */
  readonly computing: ReadonlySignal<Computing | undefined>;
  readonly canUndo: ReadonlySignal<boolean>;
  open(source: Source, mask?: MaskChoice): void;
  /** Data, a session, or a lens model. */
  openFiles(files: readonly File[]): Promise<void>;
  /** The same data on other pixels, or on another backend. */
  reopen(change?: { readonly mask?: MaskChoice; readonly backend?: BackendChoice }): void;
  /** `moving` while a hand has not let go: then a coarser source will do. */
  change(model: ModelChoice, moving?: boolean): void;
  undo(): void;
  /** Looks for the largest evidence around the model. Whoever changes the model meanwhile stops it. */
  fit(free: readonly Part[], freeRegularization: boolean): void;
  /** Draws samples of the posterior around the model. */
  sample(free: readonly Part[], freeRegularization: boolean, how: SamplerChoice): void;
  /** The model as it stands, to be compared with later ones. */
  keep(): void;
  report(): void;
  saveSession(): void;
  abort(): void;
  /** After its worker is gone. */
  restart(): void;
}

/** What is looked at, and how. */
interface Choice {
  readonly source: Source;
  readonly mask: MaskChoice | undefined;
  readonly backend: BackendChoice;
}

export function createExplorer(
  startWorker: () => Worker,
  start: { readonly model?: ModelChoice | undefined } = {},
): Explorer {
  const opened = signal<Opened | undefined>(undefined);
  const model = signal<ModelChoice>(start.model ?? firstGuess);
  const computing = signal<Computing | undefined>(undefined);
  const evaluated = signal<Evaluated | undefined>(undefined);
  const visits = signal<readonly Visit[]>([]);
  const pinned = signal<Kept | undefined>(undefined);
  const progress = signal<string | undefined>(undefined);
  const failure = signal<Failure | undefined>(undefined);
  const look = keptLook();
  const searching = signal(false);
  const posterior = signal<PosteriorResult | undefined>(undefined);
  const fitted = signal<FitResult | undefined>(undefined);
  const undoable = signal<readonly ModelChoice[]>([]);
  const choice = signal<Choice>({ source: { kind: 'example' }, mask: undefined, backend: 'best' });
  /** What is being opened: the choice, as soon as it could be. */
  let wanted = choice.peek();
  let settled = model.peek();
  const pace = createPace();

  const engine: Engine = createEngine(startWorker, {
    progress(step, done, total) {
      progress.value = total > 1 ? `${step}: ${Math.round((100 * done) / total)} %` : `${step} …`;
    },
    opened(found) {
      const isOther = choice.peek().source !== wanted.source;
      choice.value = wanted;
      progress.value = undefined;
      failure.value = undefined;
      opened.value = found;
      computing.value = found.computing;
      evaluated.value = undefined;
      visits.value = [];
      if (isOther) pinned.value = undefined;
      if (isOther) posterior.value = undefined;
      engine.evaluate(model.peek(), false);
    },
    computing(found) {
      computing.value = found;
    },
    evaluated(found, of) {
      evaluated.value = found;
      pace.learn(found.ms, found.coarse);
      if (found.coarse) return;
      failure.value = undefined;
      visits.value = [...visits.peek().slice(-199), { model: of, logEvidence: found.logEvidence }];
    },
    fitting(found, of) {
      if (!searching.peek()) return;
      model.value = of;
      evaluated.value = found;
    },
    fitted(result) {
      if (!searching.peek()) return;
      searching.value = false;
      progress.value = undefined;
      fitted.value = result;
      change(result.model);
    },
    sampled(result) {
      if (!searching.peek()) return;
      searching.value = false;
      progress.value = undefined;
      posterior.value = result;
    },
    report(zip) {
      progress.value = undefined;
      download(zip, 'application/zip', 'wtilde-report.zip');
    },
    dataset: (npz) => saved(npz),
    failed(_, reason) {
      searching.value = false;
      progress.value = undefined;
      // That one has stopped it is no news.
      failure.value = reason.code === 'Aborted' ? undefined : reason;
    },
  });

  /** The hand is stronger. */
  function endSearch(): void {
    if (!searching.peek()) return;
    searching.value = false;
    progress.value = undefined;
    engine.send({ type: 'abort' });
  }

  function search(request: Extract<Request, { type: 'fit' | 'sample' }>, step: string): void {
    searching.value = true;
    progress.value = step;
    engine.send(request);
  }

  function openNow(next: Choice): void {
    endSearch();
    fitted.value = undefined;
    wanted = next;
    // A worker that has failed before anything was opened says so once only.
    if (failure.peek()?.code === 'WorkerFailed') engine.restart();
    failure.value = undefined;
    progress.value = 'starting …';
    engine.send({ type: 'open', ...next });
  }

  function show(next: ModelChoice, moving: boolean): void {
    model.value = next;
    if (opened.peek() !== undefined) engine.evaluate(moving ? pace.coarser(next) : next, moving);
  }

  function change(next: ModelChoice, moving = false): void {
    endSearch();
    show(next, moving);
    if (moving) return;
    undoable.value = [...undoable.peek().slice(-99), settled];
    settled = next;
  }

  function saved(npz: Uint8Array | undefined): void {
    const { source, mask } = choice.peek();
    const session = { source, mask, model: model.peek(), look: look.peek() };
    download(sessionText(session, npz, opened.peek()?.name ?? ''), 'application/json', 'wtilde-session.json');
  }

  return {
    opened,
    model,
    evaluated,
    visits,
    pinned,
    progress,
    searching,
    fitted,
    posterior,
    failure,
    look,
    computing,
    backend: computed(() => choice.value.backend),
    canUndo: computed(() => undoable.value.length > 0 || searching.value),
    open: (source, mask) => openNow({ source, mask, backend: choice.peek().backend }),
    async openFiles(files) {
      const json = files.find(({ name }) => name.toLowerCase().endsWith('.json'));
      if (json === undefined) return openNow({ ...choice.peek(), source: { kind: 'files', files }, mask: undefined });
      try {
        const file = parseJsonFile(await json.text(), json.name);
        if (file.kind === 'lens') {
          change({ ...model.peek(), lens: file.lens });
          // On its own it is seen on the example.
          if (opened.peek() === undefined) openNow(wanted);
          return;
        }
        look.value = file.session.look;
        change(file.session.model);
        openNow({ ...choice.peek(), source: file.session.source, mask: file.session.mask });
      } catch (error) {
        if (!isWtildeError(error)) throw error;
        failure.value = { code: error.code, message: error.message };
      }
    },
    reopen: (changed = {}) => openNow({ ...choice.peek(), ...changed }),
    change,
    undo() {
      if (searching.peek()) {
        endSearch();
        return show(settled, false);
      }
      const previous = undoable.peek().at(-1);
      if (previous === undefined) return;
      undoable.value = undoable.peek().slice(0, -1);
      settled = previous;
      show(previous, false);
    },
    fit(free, freeRegularization) {
      fitted.value = undefined;
      search({ type: 'fit', model: model.peek(), free, freeRegularization }, 'fitting …');
    },
    sample(free, freeRegularization, how) {
      posterior.value = undefined;
      search({ type: 'sample', model: model.peek(), free, freeRegularization, ...how }, 'sampling …');
    },
    keep() {
      const found = evaluated.peek();
      if (found === undefined || found.coarse) return;
      pinned.value = { model: model.peek(), evaluated: found, logZ: posterior.peek()?.logZ };
    },
    report() {
      progress.value = 'drawing the report …';
      engine.send({ type: 'report', model: model.peek() });
    },
    saveSession() {
      if (choice.peek().source.kind === 'files') engine.send({ type: 'dataset' });
      else saved(undefined);
    },
    abort: () => engine.send({ type: 'abort' }),
    restart() {
      engine.restart();
      openNow(wanted);
    },
  };
}
