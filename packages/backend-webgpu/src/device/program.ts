import type { Lease } from './bufferPool.js';

/** A compute shader with the entry point `main`. A constant: pipelines are kept by its identity. */
export interface Program {
  /** Shows in every message of the driver. */
  readonly label: string;
  /** Binding 0 of group 0 is the uniform struct of parameters, the buffers follow in order. */
  readonly wgsl: string;
}

/** One dispatch of a program. */
export interface Step {
  readonly program: Program;
  /** The struct at binding 0: u32 numbers. */
  readonly params: readonly number[];
  readonly buffers: readonly Lease[];
  readonly groups: readonly [x: number, y?: number, z?: number];
}

/** Invocations of a workgroup: the least that every device offers. */
export const groupSize = 256;

/** No dispatch may have more workgroups along an axis. */
const mostGroups = 65535;

/** Workgroups for `count` invocations; `linearIndex()` in WGSL numbers them. */
export function linearGroups(count: number): readonly [number, number] {
  const groups = Math.ceil(count / groupSize);
  const columns = Math.min(groups, mostGroups);
  return [columns, columns === 0 ? 0 : Math.ceil(groups / columns)];
}
