import type { RunRecord } from '@wtilde/dispatch';
import type { Mapped } from './mapperOf.js';

/** Milliseconds that each part of an evaluation took. */
export interface Timings {
  readonly rayTrace: number;
  readonly mapper: number;
  /** F, where it was made apart: a backend that has the whole evidence makes all of it at once. */
  readonly curvatureMatrix?: number;
  /** D, where it was made apart. */
  readonly dataVector?: number;
  /** The prior, and H and its determinant where they were made apart. */
  readonly regularization: number;
  /** The rest of the evidence: all of it, or the float64 end alone. */
  readonly evidence: number;
}

/** The parts that steps of a route belong to, by the beginning of their names. */
const parts = [
  ['curvatureMatrix', 'curvatureMatrix'],
  ['sparseMappingMatrixTransposeMatmul', 'dataVector'],
  ['weightedRegularizationMatrix', 'regularization'],
  ['logDet', 'regularization'],
] as const;

/** The timings of one evaluation, from the record of its one call. */
export function timingsOf({ traceMs, mapMs }: Mapped, priorMs: number, record: RunRecord): Timings {
  const apart: { curvatureMatrix?: number; dataVector?: number; regularization: number } = { regularization: priorMs };
  let evidence = record.ms;
  for (const step of record.ran === 'composed' ? record.steps : []) {
    const [, part] = parts.find(([start]) => step.kernel.startsWith(start)) ?? [];
    if (part === undefined) continue;
    apart[part] = (apart[part] ?? 0) + step.ms;
    evidence -= step.ms;
  }
  return { rayTrace: traceMs, mapper: mapMs, ...apart, evidence };
}
