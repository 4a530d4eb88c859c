import { WtildeError } from '@wtilde/core-types';

/** The device is gone: driver reset, unplugged, or destroyed by its owner. */
export function deviceLost(where: string, { reason, message }: GPUDeviceLostInfo): WtildeError {
  return new WtildeError('DeviceLost', {
    what: `the GPU device was lost (${[reason, message].filter((part) => part !== '').join(': ')})`,
    where,
    remedy: 'create a new backend and call again: host arrays are untouched, handles are gone with the device',
  });
}

/** The device or its driver refuses what a kernel asks for. */
export function deviceFailure(where: string, message: string, cause?: unknown): WtildeError {
  return new WtildeError('DeviceFailure', {
    what: `the GPU refused the work: ${message.trim()}`,
    where,
    remedy: 'report this with backend.info; another backend gives the same result',
    cause,
  });
}

/** There is no memory for it, by the budget, the limits of the device or its driver. */
export function outOfMemory(where: string, bytes: number, limit: string): WtildeError {
  return new WtildeError('MethodRefused', {
    what: 'the arrays do not fit into the memory of the GPU',
    where,
    expected: limit,
    actual: `${bytes} bytes more`,
    remedy: 'dispose of handles and bound kernels, raise memoryBudget, or use another backend',
  });
}

/** The owner of the backend disposed of it under work that was going on. */
export function backendDisposed(where: string, cause: unknown): WtildeError {
  return new WtildeError('Disposed', {
    what: 'the backend was disposed of while this ran',
    where,
    remedy: 'create a new backend',
    cause,
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
