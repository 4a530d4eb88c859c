import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { convolution } from '../products/convolution.js';
import { preload, tableSource } from '../products/displacements.js';
import { packedFft } from '../products/packedFft.js';
import { type OperatorSource, sparseCurvatureMethod } from '../products/sparseCurvature.js';

const name = 'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom';

const source: OperatorSource<KernelDeviceRunArgs<typeof name>> = tableSource('curvaturePreload');

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = (device: Device) =>
  implementAsync(kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom, {
    convolution: sparseCurvatureMethod(device, name, source, convolution(device, preload)),
    fft: sparseCurvatureMethod(device, name, source, packedFft(device, preload)),
  });
