import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { convolution } from '../products/convolution.js';
import { compact, tableSource } from '../products/displacements.js';
import { type OperatorSource, operatorMethod } from '../products/operatorMethod.js';
import { packedFft } from '../products/packedFft.js';
import { sparseCurvature } from '../products/sparseCurvature.js';

const name = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';

const source: OperatorSource<KernelDeviceRunArgs<typeof name>> = tableSource('wCompact');

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (device: Device) =>
  implementAsync(kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom, {
    convolution: operatorMethod(device, name, source, convolution(compact), sparseCurvature),
    fft: operatorMethod(device, name, source, packedFft(compact), sparseCurvature),
  });
