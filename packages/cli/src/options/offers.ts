import { candidates } from '../backends/candidates.js';

/** Every backend that the command line knows of, installed or not. */
export async function backendIds(): Promise<readonly string[]> {
  return candidates.map(({ id }) => id);
}

/** Methods of kernels on the backends that start at once: a shell waits for these words whenever it starts. */
export async function methodNames(): Promise<readonly string[]> {
  const { loadAvailable } = await import('../backends/load.js');
  const backends = await loadAvailable('float64');
  const names = backends.flatMap(({ kernels }) =>
    Object.values(kernels).flatMap(({ methods }) => Object.keys(methods)),
  );
  for (const backend of backends) backend.dispose?.();
  return [...new Set(names)].sort();
}

/** One of each kind, as it may be written. */
export async function meshTexts(): Promise<readonly string[]> {
  return [
    'overlay:30x30',
    'overlay:30x30:barycentric',
    'hilbert:500',
    'rectangular:30x30',
    'rectangularAdaptDensity:30x30',
    'rectangularAdaptImage:30x30',
  ];
}

/** One of each kind, with all its parameters. */
export async function regularizationTexts(): Promise<readonly string[]> {
  const { regularizationKinds } = await import('@wtilde/lens');
  return Object.entries(regularizationKinds).map(([name, { parameters }]) => {
    const names = Object.keys(parameters);
    return `${name}:${names.length === 1 ? 1 : names.map((parameter) => `${parameter}=1`).join(',')}`;
  });
}

/** Where work may be shared, as it may be written. */
export async function executorTexts(): Promise<readonly string[]> {
  return ['threads', 'bullmq:redis://127.0.0.1:6379', 'array:jobs', 'inline'];
}
