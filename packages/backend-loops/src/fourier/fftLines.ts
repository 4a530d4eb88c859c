import { freshMemory, type Scratch } from '@wtilde/numerics';

/** Lines of a complex array that are transformed together: enough to keep the twiddles in registers. */
export const BATCH = 8;

/** Two buffers between which the stages of a batch go back and forth. */
export interface Lines {
  readonly data: Float64Array;
  readonly scratch: Float64Array;
}

/** Buffers for a batch of lines of up to `length` complex numbers. */
export function createLines(length: number, memory: Scratch = freshMemory): Lines {
  return {
    data: memory.f64(2 * BATCH * length),
    scratch: memory.f64(2 * BATCH * length),
  };
}

/** Interweaves the columns first to first + batch - 1 of a complex (rows, width) array. */
export function loadColumns(
  values: Float64Array,
  rows: number,
  width: number,
  first: number,
  batch: number,
  lines: Float64Array,
): void {
  for (let row = 0, to = 0; row < rows; row++) {
    let from = (2 * (row * width + first)) | 0;
    for (const end = from + 2 * batch; from < end; from++, to++) lines[to] = values[from];
  }
}

/** Interweaves one row of complex numbers into a lane. */
export function loadRow(
  values: Float64Array,
  at: number,
  length: number,
  batch: number,
  lane: number,
  lines: Float64Array,
): void {
  let from = at | 0;
  let to = (2 * lane) | 0;
  for (let n = 0; n < length; n++) {
    lines[to] = values[from];
    lines[(to + 1) | 0] = values[(from + 1) | 0];
    from = (from + 2) | 0;
    to = (to + 2 * batch) | 0;
  }
}

/** Takes a lane of complex numbers out to a row: the reverse of {@link loadRow}. */
export function storeRow(
  lines: Float64Array,
  length: number,
  batch: number,
  lane: number,
  values: Float64Array,
  at: number,
): void {
  let from = (2 * lane) | 0;
  let to = at | 0;
  for (let n = 0; n < length; n++) {
    values[to] = lines[from];
    values[(to + 1) | 0] = lines[(from + 1) | 0];
    from = (from + 2 * batch) | 0;
    to = (to + 2) | 0;
  }
}
