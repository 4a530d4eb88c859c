import type {
  Computing,
  Evaluated,
  Failure,
  FitResult,
  ModelChoice,
  Opened,
  PosteriorResult,
  Reply,
  Request,
} from './protocol.js';
import { whenGone } from './whenGone.js';

export interface Listener {
  progress(step: string, done: number, total: number): void;
  opened(opened: Opened): void;
  computing(computing: Computing): void;
  /** Of the newest model asked for, or of one on the way to it. */
  evaluated(evaluated: Evaluated, model: ModelChoice): void;
  fitting(evaluated: Evaluated, model: ModelChoice): void;
  fitted(result: FitResult): void;
  sampled(result: PosteriorResult): void;
  report(zip: Uint8Array<ArrayBuffer>): void;
  dataset(npz: Uint8Array<ArrayBuffer>): void;
  failed(of: Request['type'] | 'worker', failure: Failure): void;
}

/** The worker, as the page sees it: evaluations coalesce to the newest, one at a time. */
export interface Engine {
  send(request: Exclude<Request, Evaluation>): void;
  evaluate(model: ModelChoice, coarse: boolean): void;
  /** Another worker in the place of one that is gone. It knows nothing yet. */
  restart(): void;
}

type Evaluation = Extract<Request, { type: 'evaluate' }>;

const startFailed: Failure = {
  code: 'WorkerFailed',
  message: 'the worker that computes could not be started; reload the page, or try another browser',
};
const gone: Failure = {
  code: 'WorkerFailed',
  message: 'the worker that computes has ended, perhaps for want of memory; start it again, with fewer pixels',
};

export function createEngine(startWorker: () => Worker, listener: Listener): Engine {
  let running: Evaluation | undefined;
  let next: Evaluation | undefined;
  let worker: Worker;
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

  function hear(reply: Reply): void {
    if (reply.type === 'progress') listener.progress(reply.step, reply.done, reply.total);
    else if (reply.type === 'opened') listener.opened(reply.opened);
    else if (reply.type === 'computing') listener.computing(reply.computing);
    else if (reply.type === 'fitting') listener.fitting(reply.evaluated, reply.model);
    else if (reply.type === 'fitted') listener.fitted(reply.result);
    else if (reply.type === 'sampled') listener.sampled(reply.result);
    else if (reply.type === 'report') listener.report(reply.zip);
    else if (reply.type === 'dataset') listener.dataset(reply.npz);
    else if (reply.type === 'evaluated') {
      if (running !== undefined) listener.evaluated(reply.evaluated, running.model);
      goOn();
    } else if (reply.type === 'failed') {
      listener.failed(reply.of, reply.failure);
      if (reply.of === 'evaluate') goOn();
    }
  }

  function restart(): void {
    running = undefined;
    next = undefined;
    const started = startWorker();
    worker = started;
    const isCurrent = () => worker === started;
    started.addEventListener('message', ({ data: reply }: MessageEvent<Reply>) => {
      if (!isCurrent()) return;
      if (reply.type === 'started') whenGone(reply.lock, () => isCurrent() && listener.failed('worker', gone));
      else hear(reply);
    });
    started.addEventListener('error', () => isCurrent() && listener.failed('worker', startFailed));
  }
  restart();

  return {
    restart,
    send(request) {
      if (request.type === 'open') next = undefined;
      post(request);
    },
    evaluate(model, coarse) {
      const evaluation: Evaluation = { type: 'evaluate', model, coarse };
      if (running === undefined) start(evaluation);
      else next = evaluation;
    },
  };
}
