import { type Backend, type ErrorCode, WtildeError } from '@wtilde/core-types';
import { examine, type Question, type Refuse, reasons } from './decide.js';
import type { Settings } from './settings.js';
import type { Work } from './work.js';

/** The error of a kernel that nothing may run: every candidate with its reason, and what would help. */
export function* refusalError(settings: Settings, question: Question, { skipped, route }: Refuse): Work<WtildeError> {
  const { descriptor, backend } = question;
  const [first] = skipped;
  const code: ErrorCode = first?.code ?? 'UnsupportedKernel';
  const parts = [
    backend === undefined
      ? `no backend may run this kernel: ${reasons(skipped)}`
      : `the backend asked for cannot run this kernel: ${reasons(skipped)}`,
    ...(route === undefined ? [] : [`it is not composed, since ${route}`]),
    ...(backend === undefined ? [] : ['no other backend was tried, because one that is named in a call is strict']),
    ...(backend === undefined && settings.fallback.length === 0 ? ['no fallback is set'] : []),
  ];
  return new WtildeError(code, {
    what: parts.join('; '),
    where: question.parent === undefined ? descriptor.name : `${question.parent.name}, step ${descriptor.name}`,
    ...(code === 'PrecisionTooLow' ? { expected: 'float64', actual: 'float32' } : {}),
    remedy: yield* remedyFor(settings, question, code, new Set(skipped.map((each) => each.backend))),
  });
}

function* remedyFor(settings: Settings, question: Question, code: ErrorCode, tried: ReadonlySet<string>): Work<string> {
  const able = (yield* othersThatCan(settings, question, tried)).map(({ id }) => `'${id}'`);
  if (able.length > 0) {
    const list = able.join(' or ');
    return question.backend === undefined
      ? `add ${list} to the option fallback, or name it in the call`
      : `name ${list} instead, or leave the choice to the dispatcher`;
  }
  if (code === 'PrecisionTooLow') return 'pass a float64 backend to the dispatcher, or ask for float32';
  if (code === 'UnsupportedKernel') return 'pass a backend that implements it to the dispatcher';
  return 'change the sizes or options, or pass a backend that can to the dispatcher';
}

function* othersThatCan(settings: Settings, question: Question, tried: ReadonlySet<string>): Work<readonly Backend[]> {
  const free = { ...question, backend: undefined };
  const able: Backend[] = [];
  for (const backend of settings.backends) {
    if (tried.has(backend.id)) continue;
    const { kind } = yield* examine(settings, free, backend);
    if (kind === 'run') able.push(backend);
  }
  return able;
}
