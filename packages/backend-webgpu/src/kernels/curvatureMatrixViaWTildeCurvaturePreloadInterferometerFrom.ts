import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { convolution } from '../products/convolution.js';
import { preload, tableSource } from '../products/displacements.js';
import { type OperatorSource, operatorMethod } from '../products/operatorMethod.js';
import { packedFft } from '../products/packedFft.js';
import { sparseCurvature } from '../products/sparseCurvature.js';

const name = 'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom';

const source: OperatorSource<KernelDeviceRunArgs<typeof name>> = tableSource('curvaturePreload');

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = (device: Device) =>
  implementAsync(kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom, {
    convolution: operatorMethod(device, name, source, convolution(preload), sparseCurvature),
    fft: operatorMethod(device, name, source, packedFft(preload), sparseCurvature),
  });
