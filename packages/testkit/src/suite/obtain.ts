import { type Backend, isWtildeError } from '@wtilde/core-types';

/** Makes the backend under test. */
export type BackendFactory = () => Backend | Promise<Backend>;

export type Obtained =
  | { readonly backend: Backend }
  /** It cannot run on this machine. */
  | { readonly absent: string };

/** Calls the factory; BackendUnavailable is an answer, everything else an error. */
export async function obtain(create: BackendFactory): Promise<Obtained> {
  try {
    return { backend: await create() };
  } catch (error) {
    if (isWtildeError(error, 'BackendUnavailable')) return { absent: error.message };
    throw error;
  }
}
