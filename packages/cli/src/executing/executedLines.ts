import type { LineEvaluator, LineResult } from '../pool/jobs.js';
import { bytesOfLines, lineResultsOf } from '../tasks/lines.js';
import type { Hired } from './hire.js';
import { createTogether } from './together.js';

/** Jobs that are on their way for every one that runs, so that no worker waits for the next line. */
const ahead = 4;

interface Waiting {
  readonly text: string;
  resolve(result: LineResult): void;
  reject(error: unknown): void;
}

/** Lines evaluated by an executor: those that are there at the same time go together, and none waits for others to come. */
export function createExecutedLines(hired: Hired): LineEvaluator {
  const together = createTogether(hired);
  const waiting: Waiting[] = [];
  let [onTheirWay, planned] = [0, false];
  const most = () => ahead * hired.width * together.size;
  const packing = {
    bytesOf: bytesOfLines,
    resultsOf: lineResultsOf,
    without: ({ message }: Error): LineResult => ({ error: message }),
  };

  function plan(): void {
    if (!planned) setImmediate(send);
    planned = true;
  }

  function send(): void {
    planned = false;
    const free = most() - onTheirWay;
    // Not one by one, while there is enough to do.
    if (waiting.length === 0 || free < most() / ahead) return;
    const sent = waiting.splice(0, free);
    onTheirWay += sent.length;
    const onResult = (result: LineResult, at: number) => {
      onTheirWay -= 1;
      sent[at].resolve(result);
      plan();
    };
    together
      .map(
        sent.map(({ text }) => text),
        packing,
        { onResult },
      )
      .catch((error: unknown) => {
        for (const each of sent) each.reject(error);
      });
  }

  return {
    get most() {
      return most();
    },
    evaluate: (text) =>
      new Promise((resolve, reject) => {
        waiting.push({ text, resolve, reject });
        plan();
      }),
    close: () => hired.close(),
  };
}
