import { type Compose, type Decision, type Question, type Run, reasons } from './decide.js';
import { factsOf } from './records.js';
import { refusalError } from './refusal.js';
import type { Settings } from './settings.js';
import type { Work } from './work.js';

type Listener = Settings['onEvent'];

function listener(first: Listener, second: Listener): Listener {
  if (first === undefined || second === undefined) return first ?? second;
  return (event) => {
    first(event);
    second(event);
  };
}

/** Tells of a decision before anything runs, and returns it; throws the typed error where nothing may run. */
export function* announce(settings: Settings, question: Question, decision: Decision): Work<Run | Compose> {
  const onEvent = listener(settings.onEvent, question.onEvent);
  const base = {
    kernel: question.descriptor.name,
    ...(question.parent === undefined ? {} : { stepOf: question.parent.name }),
  };
  if (decision.kind === 'refuse') {
    const error = yield* refusalError(settings, question, decision);
    onEvent?.({ type: 'refused', ...base, skipped: decision.skipped, error });
    throw error;
  }
  if (onEvent === undefined) return decision;
  if (decision.kind === 'compose') {
    const { why, skipped, steps } = decision;
    onEvent({ type: 'composed', ...base, why, skipped, steps });
    return decision;
  }
  const { backend, choice, why, skipped } = decision;
  const taken = {
    ...base,
    ...factsOf(backend),
    ...(choice === undefined ? {} : { method: choice.method }),
  };
  const [first] = skipped;
  if (first === undefined) onEvent({ type: 'chosen', ...taken, why });
  else onEvent({ type: 'fell-back', ...taken, from: first.backend, why: reasons(skipped), skipped });
  return decision;
}
