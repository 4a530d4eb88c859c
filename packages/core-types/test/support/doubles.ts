/** Backends that count instead of computing. */
import {
  type AsyncMethod,
  defineAsyncBackend,
  defineSyncBackend,
  type KernelRunArgs,
  type NdArray,
  type RunContext,
  real,
  type SyncMethod,
} from '../../src/index.js';

export type DataVectorArgs = KernelRunArgs<'dataVectorFrom'>;

/** What happened to a backend, in order. */
export interface Log {
  readonly entries: string[];
  readonly contexts: RunContext[];
}

export const newLog = (): Log => ({ entries: [], contexts: [] });

/** T^t d, literally. */
export function transposeTimes({ mappingMatrix, dirtyImage }: DataVectorArgs): NdArray<'real'> {
  const [rows, columns] = mappingMatrix.shape;
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) sums[j] += mappingMatrix.data[i * columns + j] * dirtyImage.data[i];
  }
  return real(sums);
}

function countingMethod(log: Log, name: string, flops: number): SyncMethod<'dataVectorFrom'> {
  return {
    cost: () => ({ flops, bytes: 0 }),
    run(args, context) {
      log.entries.push(`run ${name}`);
      log.contexts.push(context);
      return transposeTimes(args);
    },
  };
}

/** A backend of one kernel with a plain method and one that prepares. */
export function countingBackend(log: Log) {
  const preparing: SyncMethod<'dataVectorFrom'> = {
    ...countingMethod(log, 'preparing', 1),
    bind(_args, fixed) {
      log.entries.push(`bind ${[...fixed].join()}`);
      return {
        run(args) {
          log.entries.push('run prepared');
          return transposeTimes(args);
        },
        dispose: () => log.entries.push('dispose prepared'),
      };
    },
  };
  return defineSyncBackend({
    id: 'counting',
    precision: 'float64',
    info: { summary: 'counts', deviceMemory: false },
    implementations: { dataVectorFrom: { methods: { preparing, plain: countingMethod(log, 'plain', 2) } } },
    dispose: () => log.entries.push('dispose backend'),
  });
}

export function countingAsyncBackend(log: Log) {
  const only: AsyncMethod<'dataVectorFrom'> = {
    cost: () => ({ flops: 1, bytes: 0 }),
    async run({ mappingMatrix, dirtyImage }, context) {
      log.entries.push('run');
      log.contexts.push(context);
      const onHost = async (value: typeof dirtyImage) => ('data' in value ? value : await value.toHost());
      const result = transposeTimes({
        mappingMatrix: await onHost(mappingMatrix),
        dirtyImage: await onHost(dirtyImage),
      });
      if (context.options.keep !== 'device') return result;
      const { dtype, shape } = result;
      return { dtype, shape, backend: 'countingAsync', toHost: () => Promise.resolve(result), dispose() {} };
    },
    bind(_args, fixed) {
      log.entries.push(`bind ${[...fixed].join()}`);
      return { run: only.run, dispose: () => log.entries.push('dispose prepared') };
    },
  };
  return defineAsyncBackend({
    id: 'countingAsync',
    precision: 'float32',
    info: { summary: 'counts', deviceMemory: true },
    implementations: { dataVectorFrom: { methods: { only } } },
    dispose: () => log.entries.push('dispose backend'),
  });
}
