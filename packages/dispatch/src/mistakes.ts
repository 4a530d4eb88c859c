/** Errors about how a dispatcher was set up or asked. */
import { type Backend, describeValue, remedyByName, WtildeError } from '@wtilde/core-types';

const usual = 'correct it or leave it out';

export function invalidOption(
  where: string,
  what: string,
  expected: string,
  actual: string,
  remedy = usual,
): WtildeError {
  return new WtildeError('InvalidOption', { what, where, expected, actual, remedy });
}

/** Something that is none of the names known there. */
export function unknownName(where: string, what: string, known: readonly string[], actual: unknown): WtildeError {
  const remedy = typeof actual === 'string' ? remedyByName(actual, known, usual) : usual;
  const shown = typeof actual === 'string' ? actual : describeValue(actual);
  return invalidOption(where, what, known.join(', '), shown, remedy);
}

export function unknownBackend(id: string, where: string, backends: readonly Backend[]): WtildeError {
  const ids = backends.map((backend) => backend.id);
  return new WtildeError('UnknownBackend', {
    what: 'the dispatcher has no backend of this name',
    where,
    expected: `one of ${ids.join(', ')}`,
    actual: describeValue(id),
    remedy: remedyByName(id, ids, 'use one of these, or pass the backend itself in the option backends'),
  });
}

export function foreignHandle(kernel: string, argument: string, owner: string, user: string): WtildeError {
  return new WtildeError('ForeignHandle', {
    what: "the array lives on another backend, and arrayConversion is 'never'",
    where: `${kernel}(${argument})`,
    expected:
      user === 'the route'
        ? 'a host array, which the route of the kernel needs'
        : `a host array or a handle of ${user}`,
    actual: `a handle of ${owner}`,
    remedy: `pass await handle.toHost(), ask for { backend: '${owner}' }, or set arrayConversion to 'always-host'`,
  });
}
