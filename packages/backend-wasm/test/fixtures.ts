import { type KernelArgs, real } from '@wtilde/core-types';
import { backendOn, type WasmBackend } from '../src/backend.js';
import { createEngine, type Engine, type EngineOptions } from '../src/engine/engine.js';

/** A backend and the engine below it. */
export async function backendAndEngine(options: Partial<EngineOptions> = {}): Promise<{
  backend: WasmBackend;
  engine: Engine;
}> {
  const engine = await createEngine({ threads: 1, simd: 'auto', ...options });
  return { engine, backend: backendOn(engine) };
}

/** A positive definite system. */
export function system(order: number): KernelArgs<'reconstructionPositiveNegativeFrom'> {
  const matrix = Float64Array.from({ length: order * order }, (_, at) => {
    const row = Math.floor(at / order);
    const column = at % order;
    return row === column ? 3 + Math.sin(row) : Math.cos(row * column) / (1 + Math.abs(row - column) ** 2);
  });
  for (let row = 0; row < order; row++) {
    for (let column = 0; column < row; column++) matrix[row * order + column] = matrix[column * order + row];
  }
  return {
    dataVector: real(Float64Array.from({ length: order }, (_, i) => Math.sin(3 * i))),
    curvatureRegMatrix: real(matrix, [order, order]),
  };
}
