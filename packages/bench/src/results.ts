import type { Precision, Sizes } from '@wtilde/core-types';
import type { Calibration } from '@wtilde/testkit';

/** The file that a run leaves. */
export interface Results {
  /** Of this file's shape. */
  readonly schema: 1;
  /** ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  /** Of the packages, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly backends: readonly BackendFacts[];
  readonly rows: readonly Row[];
  /** Only of runs with series. */
  readonly memory: readonly MemoryPoint[];
}

/** The most resident memory of a process that sums visibilities chunk by chunk. */
export interface MemoryPoint {
  readonly backend: string;
  readonly visibilities: number;
  readonly peakBytes: number;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
  /** Mean number of busy cores over the last minute, before the run. */
  readonly load: number;
  /** What one thread of plain JavaScript reaches here. */
  readonly ceilings: { readonly flopsPerSecond: number; readonly bytesPerSecond: number };
  /** Milliseconds of the loops that times of other machines are scaled by. */
  readonly calibration: Calibration;
}

export type BackendFacts =
  | {
      readonly id: string;
      readonly precision: Precision;
      readonly summary: string;
      /** The most memory that its process had resident. */
      readonly peakBytes: number;
    }
  | { readonly id: string; readonly absent: string };

/** One method of one kernel of one backend on one dataset, or a route. */
export interface Row {
  readonly backend: string;
  readonly kernel: string;
  readonly method: string;
  readonly dataset: string;
  /** Rows of one group give the same result. */
  readonly group: string;
  readonly sizes?: Sizes | undefined;
  /** Milliseconds of the very first call: compilation, pipelines, tables. */
  readonly first: number;
  /** Milliseconds of calls after the warm-up. */
  readonly samples: readonly number[];
  /** Milliseconds of calls whose arguments were bound before, all but the mapping. */
  readonly bound?: readonly number[] | undefined;
  /** Milliseconds of calls that check no values, `check: 'shapes'`. */
  readonly unchecked?: readonly number[] | undefined;
  /** What the method says that it costs. */
  readonly cost?: { readonly flops?: number; readonly bytes: number } | undefined;
  /** The largest error before and after timing, in the unit of what is allowed; undefined where nothing could judge. */
  readonly agreement?: { readonly error: number; readonly allowed: number } | undefined;
}

/** What a row is recognised by in another file. */
export function keyOf({ backend, kernel, method, dataset }: Row): string {
  return `${kernel} ${method} on ${dataset}, ${backend}`;
}
