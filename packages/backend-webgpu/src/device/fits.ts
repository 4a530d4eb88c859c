import type { Device } from './device.js';

/** True where arrays of these numbers of 32-bit words fit a binding each and the budget together, or the reason. */
export function fits(device: Device, words: Readonly<Record<string, number>>): true | string {
  const { maxStorageBufferBindingSize, maxBufferSize } = device.gpu.limits;
  const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  let bytes = 0;
  for (const [name, count] of Object.entries(words)) {
    if (4 * count > most) return `${name} takes ${4 * count} bytes, a buffer of this device ${most}`;
    bytes += 4 * count;
  }
  const { budget } = device.pool;
  return bytes <= budget || `the arrays take ${bytes} bytes, the memory budget is ${budget}`;
}
