/** What a page with a strict content policy finds. */
import { createWasmBackend } from '@wtilde/backend-wasm';
import { isWtildeError } from '@wtilde/core-types';

export interface RestrictedResult {
  readonly code?: string;
  readonly what?: string;
  readonly remedy?: string;
}

createWasmBackend().then(
  () => Object.assign(globalThis, { restricted: {} }),
  (error) => {
    const { code, what, remedy } = isWtildeError(error) ? error : { code: String(error) };
    Object.assign(globalThis, { restricted: { code, what, remedy } });
  },
);
