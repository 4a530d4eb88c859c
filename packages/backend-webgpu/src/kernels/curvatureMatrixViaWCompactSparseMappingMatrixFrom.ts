import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { convolution } from '../products/convolution.js';
import { compact, tableSource } from '../products/displacements.js';
import { packedFft } from '../products/packedFft.js';
import { type OperatorSource, sparseCurvatureMethod } from '../products/sparseCurvature.js';

const name = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';

const source: OperatorSource<KernelDeviceRunArgs<typeof name>> = tableSource('wCompact');

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (device: Device) =>
  implementAsync(kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom, {
    convolution: sparseCurvatureMethod(device, name, source, convolution(device, compact)),
    fft: sparseCurvatureMethod(device, name, source, packedFft(device, compact)),
  });
