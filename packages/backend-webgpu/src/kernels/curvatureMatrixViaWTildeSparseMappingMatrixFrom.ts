import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { gather } from '../products/gather.js';
import { type OperatorSource, operatorMethod } from '../products/operatorMethod.js';
import { sparseCurvature } from '../products/sparseCurvature.js';

const name = 'curvatureMatrixViaWTildeSparseMappingMatrixFrom';

const source: OperatorSource<KernelDeviceRunArgs<typeof name>> = {
  from: ['wTilde'],
  arrays: ({ wTilde }) => ({ wTilde }),
};

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = (device: Device) =>
  implementAsync(kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom, {
    gather: operatorMethod(device, name, source, gather, sparseCurvature),
  });
