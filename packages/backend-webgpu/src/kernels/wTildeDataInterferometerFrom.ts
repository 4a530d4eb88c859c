import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import { wTildeDataStrengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { imageMethods } from '../transforms/imageMethods.js';

const name = 'wTildeDataInterferometerFrom';

export const wTildeDataInterferometerFrom = (device: Device) =>
  implementAsync(
    kernels.wTildeDataInterferometerFrom,
    imageMethods(device, name, async (args: KernelDeviceRunArgs<typeof name>) =>
      wTildeDataStrengths((await hostArray(args.visibilitiesReal)).data, (await hostArray(args.noiseMapReal)).data),
    ),
  );
