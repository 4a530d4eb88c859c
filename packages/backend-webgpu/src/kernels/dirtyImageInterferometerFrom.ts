import type { AsyncImplementation, KernelDeviceRunArgs } from '@wtilde/core-types';
import { dirtyImageStrengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { imageMethods } from '../transforms/imageMethods.js';

const name = 'dirtyImageInterferometerFrom';

export const dirtyImageInterferometerFrom = (device: Device): AsyncImplementation<typeof name> => ({
  methods: imageMethods(device, name, async (args: KernelDeviceRunArgs<typeof name>) =>
    dirtyImageStrengths((await hostArray(args.data)).data, (await hostArray(args.noiseMap)).data),
  ),
});
