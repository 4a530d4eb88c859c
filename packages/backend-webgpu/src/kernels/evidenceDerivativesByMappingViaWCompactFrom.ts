import { implementAsync, type KernelDeviceRunArgs, kernels } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import { convolution } from '../products/convolution.js';
import { derivativesOnEntries } from '../products/derivativesByMapping.js';
import { compact, tableSource } from '../products/displacements.js';
import { type OperatorSource, operatorMethod } from '../products/operatorMethod.js';
import { packedFft } from '../products/packedFft.js';

const name = 'evidenceDerivativesByMappingViaWCompactFrom';

const source: OperatorSource<KernelDeviceRunArgs<typeof name>> = tableSource('wCompact');

export const evidenceDerivativesByMappingViaWCompactFrom = (device: Device) =>
  implementAsync(kernels.evidenceDerivativesByMappingViaWCompactFrom, {
    convolution: operatorMethod(device, name, source, convolution(compact), derivativesOnEntries),
    fft: operatorMethod(device, name, source, packedFft(compact), derivativesOnEntries),
  });
