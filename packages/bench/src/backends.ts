import { type Backend, isWtildeError, remedyByName, WtildeError } from '@wtilde/core-types';

/** Every backend that can be measured, by id. A new one is a line here. */
const creators: Readonly<Record<string, (threads: number) => Promise<Backend>>> = {
  reference: async () => (await import('@wtilde/backend-reference')).createReferenceBackend(),
  loops: async () => (await import('@wtilde/backend-loops')).createLoopsBackend(),
  wasm: async (threads) =>
    await (await import('@wtilde/backend-wasm')).createWasmBackend({
      env: process.env,
      ...(threads === 0 ? {} : { threads }),
    }),
  tfjs: async () => await (await import('@wtilde/backend-tfjs')).createTfjsBackend(),
  webgpu: async () => await (await import('@wtilde/backend-webgpu')).createWebgpuBackend(),
};

export const backendIds: readonly string[] = Object.keys(creators);

/** @throws UnknownBackend */
export function checkBackendIds(ids: readonly string[]): void {
  for (const id of ids) {
    if (Object.hasOwn(creators, id)) continue;
    throw new WtildeError('UnknownBackend', {
      what: 'there is no backend of this name',
      where: 'bench',
      expected: `one of ${backendIds.join(', ')}`,
      actual: id,
      remedy: remedyByName(id, backendIds, 'use one of those'),
    });
  }
}

/**
 * A backend that is ready, or why it is not to be had here.
 *
 * @param threads of those that have any; 0: as many as it takes
 */
export async function openBackend(id: string, threads = 0): Promise<Backend | { readonly absent: string }> {
  try {
    return await creators[id](threads);
  } catch (error) {
    if (isWtildeError(error, 'BackendUnavailable')) return { absent: `${error.what}; ${error.remedy}` };
    if (error instanceof Error && error.message.includes(`'@wtilde/backend-${id}'`)) {
      return { absent: `@wtilde/backend-${id} is not installed; npm install @wtilde/backend-${id}` };
    }
    throw error;
  }
}
