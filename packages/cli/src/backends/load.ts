import { type Backend, isWtildeError, type Precision, remedyByName, WtildeError } from '@wtilde/core-types';
import { type Candidate, candidates } from './candidates.js';

/** A backend that is ready, or why it is not. */
export type Loaded =
  | { readonly candidate: Candidate; readonly backend: Backend }
  | { readonly candidate: Candidate; readonly backend?: undefined; readonly error: WtildeError };

/** The backend of this id. Throws UnknownBackend with the known ones, or BackendUnavailable with reason and remedy. */
export async function loadBackend(id: string, threads?: number): Promise<Backend> {
  const candidate = candidates.find((known) => known.id === id);
  if (candidate === undefined) {
    const ids = candidates.map((known) => known.id);
    throw new WtildeError('UnknownBackend', {
      what: 'there is no backend of this name',
      where: '--backend',
      expected: `one of ${ids.join(', ')}`,
      actual: id,
      remedy: remedyByName(id, ids, 'use one of those; wtilde backends shows which are installed'),
    });
  }
  const loaded = await load(candidate, threads);
  if (loaded.backend === undefined) throw loaded.error;
  return loaded.backend;
}

/** Every known backend, ready or not. */
export async function loadAll(): Promise<readonly Loaded[]> {
  return await Promise.all(candidates.map((candidate) => load(candidate)));
}

/** The known backends that are ready; only those of a precision, where one is named. */
export async function loadAvailable(precision?: Precision): Promise<readonly Backend[]> {
  const wanted = candidates.filter((candidate) => precision === undefined || candidate.precision === precision);
  return (await Promise.all(wanted.map((candidate) => load(candidate)))).flatMap(({ backend }) => backend ?? []);
}

async function load(candidate: Candidate, threads?: number): Promise<Loaded> {
  try {
    return { candidate, backend: await candidate.load(threads) };
  } catch (cause) {
    return { candidate, error: isWtildeError(cause) ? cause : failedToStart(candidate.id, cause) };
  }
}

function failedToStart(id: string, cause: unknown): WtildeError {
  return new WtildeError('BackendUnavailable', {
    what: 'the backend does not start here',
    where: `backend ${id}`,
    actual: cause instanceof Error ? cause.message : String(cause),
    remedy: 'use another backend',
    cause,
  });
}
