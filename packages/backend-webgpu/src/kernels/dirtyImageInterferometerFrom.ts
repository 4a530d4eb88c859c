import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import { dirtyImageStrengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { imageMethods } from '../transforms/imageMethods.js';

const name = 'dirtyImageInterferometerFrom';

export const dirtyImageInterferometerFrom = (device: Device) =>
  implementAsync(
    kernels.dirtyImageInterferometerFrom,
    imageMethods(device, name, async (args: KernelDeviceRunArgs<typeof name>) =>
      dirtyImageStrengths((await hostArray(args.data)).data, (await hostArray(args.noiseMap)).data),
    ),
  );
