import { isWtildeError } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { Device } from '../src/device/device.js';
import { openDevice } from '../src/device/openDevice.js';

/**
 * Registers tests that need a GPU or a software driver. Without one there is a single test that says so: skipped, or
 * failed where WTILDE_REQUIRE asks for webgpu.
 */
export async function onDevice(register: (open: typeof newDevice) => void): Promise<void> {
  try {
    (await newDevice()).dispose();
  } catch (error) {
    if (!isWtildeError(error, 'BackendUnavailable')) throw error;
    const { message } = error;
    if ((process.env.WTILDE_REQUIRE ?? '').split(',').includes('webgpu')) it(message, () => expect.fail(message));
    else it.skip(message);
    return;
  }
  register(newDevice);
}

/** A device of one's own. */
async function newDevice(memoryBudget = 2 ** 28): Promise<Device> {
  return new Device({ ...(await openDevice({})), memoryBudget });
}
