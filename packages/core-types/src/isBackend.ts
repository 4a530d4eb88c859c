import type { Backend } from './backend.js';

/**
 * Whether a value is a ready backend of a contract that is known here, as much as can be told from outside: the rest is
 * what the contract promises. What takes backends from others asks this first. Where a second version comes, a backend
 * of the first becomes one of the second here, and nobody behind it knows of two.
 */
export function isBackend(value: unknown): value is Backend {
  return (
    typeof value === 'object' &&
    value !== null &&
    'contract' in value &&
    value.contract === 1 &&
    'id' in value &&
    typeof value.id === 'string' &&
    'mode' in value &&
    'kernels' in value &&
    typeof value.kernels === 'object'
  );
}
