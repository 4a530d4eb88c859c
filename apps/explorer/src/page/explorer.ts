import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createEngine } from '../engine/client.js';
import type { BackendChoice, Evaluated, Failure, MaskChoice, ModelChoice, Opened, Source } from '../engine/protocol.js';
import { firstGuess } from '../engine/scenes.js';
import { download } from './download.js';

export type ColorMapName = 'inferno' | 'viridis' | 'cividis' | 'greys';
export type Stretch = 'linear' | 'asinh' | 'log';

export interface Look {
  readonly colors: ColorMapName;
  readonly stretch: Stretch;
  readonly mesh: boolean;
}

/** A model that was evaluated in full. */
interface Visit {
  readonly model: ModelChoice;
  readonly logEvidence: number;
}

/** Everything that the page shows and does. */
export interface Explorer {
  readonly opened: ReadonlySignal<Opened | undefined>;
  readonly model: ReadonlySignal<ModelChoice>;
  readonly evaluated: ReadonlySignal<Evaluated | undefined>;
  readonly visits: ReadonlySignal<readonly Visit[]>;
  /** A model to compare with. */
  readonly pinned: Signal<Visit | undefined>;
  readonly progress: ReadonlySignal<string | undefined>;
  readonly failure: Signal<Failure | undefined>;
  readonly look: Signal<Look>;
  readonly backend: ReadonlySignal<BackendChoice>;
  readonly canUndo: ReadonlySignal<boolean>;
  open(source: Source, mask?: MaskChoice): void;
  /** The same data on other pixels, or on another backend. */
  reopen(change: { readonly mask?: MaskChoice; readonly backend?: BackendChoice }): void;
  /** `moving` while a hand has not let go: then a coarser source will do. */
  change(model: ModelChoice, moving?: boolean): void;
  undo(): void;
  report(): void;
  abort(): void;
}

/** So long an evaluation may take while something is dragged, in milliseconds. */
const smooth = 40;

export function createExplorer(
  worker: Worker,
  start: { readonly model?: ModelChoice | undefined; readonly look?: Look | undefined } = {},
): Explorer {
  const opened = signal<Opened | undefined>(undefined);
  const model = signal<ModelChoice>(start.model ?? firstGuess);
  const evaluated = signal<Evaluated | undefined>(undefined);
  const visits = signal<readonly Visit[]>([]);
  const pinned = signal<Visit | undefined>(undefined);
  const progress = signal<string | undefined>(undefined);
  const failure = signal<Failure | undefined>(undefined);
  const look = signal<Look>(start.look ?? { colors: 'inferno', stretch: 'linear', mesh: false });
  const backend = signal<BackendChoice>('wasm');
  const undoable = signal<readonly ModelChoice[]>([]);
  const chosen: { source: Source; mask: MaskChoice | undefined } = { source: { kind: 'example' }, mask: undefined };
  let settled = model.peek();
  let fullMs = 0;

  const engine = createEngine(worker, {
    progress(step, done, total) {
      progress.value = total > 1 ? `${step}: ${Math.round((100 * done) / total)} %` : `${step} …`;
    },
    opened(found) {
      progress.value = undefined;
      failure.value = undefined;
      opened.value = found;
      evaluated.value = undefined;
      visits.value = [];
      pinned.value = undefined;
      engine.evaluate(model.peek(), false);
    },
    evaluated(found, of) {
      evaluated.value = found;
      failure.value = undefined;
      if (found.coarse) return;
      fullMs = found.ms;
      visits.value = [...visits.peek().slice(-199), { model: of, logEvidence: found.logEvidence }];
    },
    report(files) {
      progress.value = undefined;
      download(files, 'wtilde-report');
    },
    failed(_, reason) {
      progress.value = undefined;
      failure.value = reason;
    },
  });

  function show(next: ModelChoice, moving: boolean): void {
    model.value = next;
    if (opened.peek() === undefined) return;
    engine.evaluate(moving ? coarser(next, fullMs) : next, moving);
  }

  return {
    opened,
    model,
    evaluated,
    visits,
    pinned,
    progress,
    failure,
    look,
    backend,
    canUndo: computed(() => undoable.value.length > 0),
    open(source, mask) {
      chosen.source = source;
      chosen.mask = mask;
      failure.value = undefined;
      progress.value = 'starting …';
      engine.open(source, mask, backend.peek());
    },
    reopen({ mask = chosen.mask, backend: choice = backend.peek() }) {
      chosen.mask = mask;
      backend.value = choice;
      progress.value = 'starting …';
      engine.open(chosen.source, mask, choice);
    },
    change(next, moving = false) {
      show(next, moving);
      if (moving) return;
      undoable.value = [...undoable.peek().slice(-99), settled];
      settled = next;
    },
    undo() {
      const previous = undoable.peek().at(-1);
      if (previous === undefined) return;
      undoable.value = undoable.peek().slice(0, -1);
      settled = previous;
      show(previous, false);
    },
    report() {
      progress.value = 'drawing the report …';
      engine.report(model.peek());
    },
    abort: () => engine.abort(),
  };
}

/** A mesh of fewer source pixels where the full one has taken long: time grows with their third power. */
function coarser(model: ModelChoice, ms: number): ModelChoice {
  if (ms <= smooth) return model;
  const part = Math.max(0.45, (smooth / ms) ** (1 / 5));
  const [rows, columns] = model.mesh.shape;
  return {
    ...model,
    mesh: { ...model.mesh, shape: [Math.max(8, Math.round(rows * part)), Math.max(8, Math.round(columns * part))] },
  };
}
