/** Errors about how a dispatcher was set up or asked. */
import { type Backend, WtildeError } from '@wtilde/core-types';

export function invalidOption(where: string, what: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', { what, where, expected, actual, remedy: 'correct it or leave it out' });
}

export function unknownBackend(id: string, where: string, backends: readonly Backend[]): WtildeError {
  return new WtildeError('UnknownBackend', {
    what: 'the dispatcher has no backend of this name',
    where,
    expected: `one of ${backends.map((backend) => backend.id).join(', ')}`,
    actual: JSON.stringify(id),
    remedy: 'use one of these, or pass the backend itself in the option backends',
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
