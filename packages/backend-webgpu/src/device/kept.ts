import type { DType, Handle, NdArray } from '@wtilde/core-types';
import { isHandle } from '@wtilde/core-types';
import type { Device } from './device.js';
import type { DeviceArray } from './deviceArray.js';

/** Puts an array on the device to stay; a handle stays where its owner has it. */
export type Keep = <D extends DType>(label: string, array: NdArray<D> | Handle<D>) => DeviceArray<D> | Handle<D>;

/** What a bound kernel keeps on the device until it is disposed of. */
export interface Kept<T> {
  readonly value: T;
  dispose(): void;
}

/** Prepares something on the device; gives all of it back when that fails half-way. */
export function keep<T>(device: Device, kernel: string, prepare: (keep: Keep) => T): Kept<T> {
  const arrays: DeviceArray[] = [];
  const dispose = () => {
    for (const array of arrays.splice(0)) array.dispose();
  };
  try {
    const value = prepare((label, array) => {
      if (isHandle(array)) return array;
      const copy = device.upload(`${kernel}(${label})`, array);
      arrays.push(copy);
      return copy;
    });
    return { value, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
