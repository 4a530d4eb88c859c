import type {
  BackendChoice,
  Evaluated,
  Failure,
  MadeFile,
  MaskChoice,
  ModelChoice,
  Opened,
  Reply,
  Request,
  Source,
} from './protocol.js';

export interface Listener {
  progress(step: string, done: number, total: number): void;
  opened(opened: Opened): void;
  /** Of the newest model asked for, or of one on the way to it. */
  evaluated(evaluated: Evaluated, model: ModelChoice): void;
  report(files: readonly MadeFile[]): void;
  failed(of: Request['type'], failure: Failure): void;
}

/** The worker, as the page sees it: evaluations coalesce to the newest, one at a time. */
export interface Engine {
  open(source: Source, mask: MaskChoice | undefined, backend: BackendChoice): void;
  evaluate(model: ModelChoice, coarse: boolean): void;
  report(model: ModelChoice): void;
  abort(): void;
}

type Evaluation = Extract<Request, { type: 'evaluate' }>;

export function createEngine(worker: Worker, listener: Listener): Engine {
  let running: Evaluation | undefined;
  let next: Evaluation | undefined;
  const post = (request: Request) => worker.postMessage(request);

  function start(evaluation: Evaluation): void {
    running = evaluation;
    post(evaluation);
  }

  /** What was asked for meanwhile. */
  function goOn(): void {
    running = undefined;
    if (next === undefined) return;
    const evaluation = next;
    next = undefined;
    start(evaluation);
  }

  worker.addEventListener('message', ({ data: reply }: MessageEvent<Reply>) => {
    if (reply.type === 'progress') listener.progress(reply.step, reply.done, reply.total);
    else if (reply.type === 'opened') listener.opened(reply.opened);
    else if (reply.type === 'report') listener.report(reply.files);
    else if (reply.type === 'evaluated') {
      if (running !== undefined) listener.evaluated(reply.evaluated, running.model);
      goOn();
    } else {
      listener.failed(reply.of, reply.failure);
      if (reply.of === 'evaluate') goOn();
    }
  });
  worker.addEventListener('error', ({ message }) =>
    listener.failed('open', { code: 'WorkerFailed', message: message || 'the worker could not be started' }),
  );

  return {
    open(source, mask, backend) {
      next = undefined;
      post({ type: 'open', source, ...(mask === undefined ? {} : { mask }), backend });
    },
    evaluate(model, coarse) {
      const evaluation: Evaluation = { type: 'evaluate', model, coarse };
      if (running === undefined) start(evaluation);
      else next = evaluation;
    },
    report: (model) => post({ type: 'report', model }),
    abort: () => post({ type: 'abort' }),
  };
}
