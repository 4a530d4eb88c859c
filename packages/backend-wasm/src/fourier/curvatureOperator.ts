import type { Sizes } from '@wtilde/core-types';
import { type ImageRows, imageRowsFrom, type TableArgs, type TableSource } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';

/** What F needs of W and of the mask, whatever the mapping, in the memory: prepare it once, use it for every T. */
export interface CurvatureOperator {
  readonly columns: number;
  readonly image: ImageRows;
  /** Length of a packed image. */
  readonly packed: number;
  /** Where things stand in the memory. */
  readonly table: number;
  readonly low: number;
  readonly width: number;
  readonly start: number;
}

/** W by displacement and the mask, from the arguments of a kernel. */
export function operatorOf<A>(
  source: TableSource<A>,
  arena: Arena,
  args: TableArgs<A>,
  sizes: Sizes,
): CurvatureOperator {
  const { rows, columns, values } = source.tableOf(args, sizes);
  const image = imageRowsFrom(args.nativeIndexForSlimIndex.data, rows, 4);
  return {
    columns,
    image,
    packed: image.start[rows],
    table: arena.putF64(values),
    low: arena.putI32(image.low),
    width: arena.putI32(image.width),
    start: arena.putI32(image.start),
  };
}
