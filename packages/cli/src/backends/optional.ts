import { type Backend, isBackend, WtildeError } from '@wtilde/core-types';
import { whereInstalled } from './installed.js';

/**
 * Creates a backend whose package is not a dependency of this one, where somebody installed it.
 *
 * @throws BackendUnavailable where nobody did; InvalidContract where the package is not what it should be.
 */
export async function loadOptional(
  id: string,
  factory: string,
  importPackage: () => Promise<unknown>,
): Promise<Backend> {
  const name = `@wtilde/backend-${id}`;
  const create: unknown = Reflect.get(await installed(id, name, importPackage), factory);
  if (typeof create !== 'function') throw foreign(id, `a function ${factory} exported by ${name}`, typeof create);
  const backend: unknown = await create();
  if (isBackend(backend) && backend.id === id) return backend;
  throw foreign(id, `a backend ${id} of contract 1`, 'something else');
}

async function installed(id: string, name: string, importPackage: () => Promise<unknown>): Promise<object> {
  const module = await whereInstalled(name, importPackage);
  if (typeof module === 'object' && module !== null) return module;
  throw new WtildeError('BackendUnavailable', {
    what: `${name} is not installed`,
    where: `backend ${id}`,
    remedy: `npm install ${name} beside wtilde; without installing: npx -p wtilde -p ${name} wtilde ...`,
  });
}

function foreign(id: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what: 'the package is not a backend that this version of wtilde knows',
    where: `backend ${id}`,
    expected,
    actual,
    remedy: 'install the version of the backend that goes with this wtilde',
  });
}
