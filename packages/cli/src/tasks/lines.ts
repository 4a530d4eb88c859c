/** A task: evidences of models that are lines of JSON. */
import type { OpenTask, Work } from '@wtilde/executor';
import { createEvaluator } from '../pool/evaluator.js';
import type { LineOptions, LineResult } from '../pool/jobs.js';
import { type TaskBackend, takeInstructions } from './backend.js';

/** What all jobs have in common beside the prepared dataset. */
export interface LinesSettings {
  readonly backend: TaskBackend;
  readonly options: LineOptions;
}

const text = { of: (bytes: Uint8Array) => new TextDecoder().decode(bytes), to: new TextEncoder() };

export async function open({ dataset, settings }: Work, threads?: number): Promise<OpenTask> {
  const { backend, options }: LinesSettings = JSON.parse(settings);
  takeInstructions(backend);
  const evaluator = await createEvaluator({ prepared: dataset, backend: backend.id }, threads);
  return {
    async run(bytes) {
      const lines: readonly string[] = JSON.parse(text.of(bytes));
      const results: LineResult[] = [];
      for (const line of lines) {
        const result = await evaluator.evaluate({ kind: 'line', text: line, ...options });
        if (result.kind === 'line') results.push(result.line);
      }
      return text.to.encode(JSON.stringify(results));
    },
    close: () => evaluator.dispose(),
  };
}

export function bytesOfLines(lines: readonly string[]): Uint8Array {
  return text.to.encode(JSON.stringify(lines));
}

/** What is printed of them is JSON as well. */
export function lineResultsOf(bytes: Uint8Array): readonly LineResult[] {
  return JSON.parse(text.of(bytes));
}
