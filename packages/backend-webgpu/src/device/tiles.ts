import type { Device } from './device.js';

/**
 * How many of `count` units an array of the host is worked off in at a time: as many as fit a binding, and a quarter of the
 * memory. All of them where they do; at least one, of which `fits` says whether there is room.
 */
export function tileOf({ gpu, pool }: Pick<Device, 'gpu' | 'pool'>, wordsPerUnit: number, count: number): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.limits;
  const bytes = Math.min(maxStorageBufferBindingSize, maxBufferSize, pool.budget / 4);
  return Math.min(Math.max(Math.floor(bytes / (4 * Math.max(wordsPerUnit, 1))), 1), count);
}
