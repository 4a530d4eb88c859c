import { real } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { Allocator } from '../src/engine/allocator.js';
import { Heap } from '../src/engine/heap.js';
import { createMemory } from '../src/engine/memory.js';
import { backendAndEngine, system } from './fixtures.js';

describe('allocator', () => {
  it('hands out blocks that do not overlap and joins what comes back', () => {
    let reached = 0;
    const allocator = new Allocator(128, (end) => {
      reached = Math.max(reached, end);
    });
    const blocks = new Map<number, number>();
    let seed = 1;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    for (let step = 0; step < 3000; step++) {
      if (random() < 0.55) {
        const bytes = Math.floor(random() * 5000);
        const pointer = allocator.allocate(bytes);
        expect(pointer % 64).toBe(0);
        for (const [start, length] of blocks) {
          expect(pointer >= start + length || pointer + bytes <= start).toBe(true);
        }
        expect(pointer + bytes).toBeLessThanOrEqual(reached);
        blocks.set(pointer, Math.max(1, bytes));
      } else {
        const [pointer] = [...blocks.keys()].slice(Math.floor(random() * blocks.size));
        if (pointer !== undefined) allocator.free(pointer);
        blocks.delete(pointer);
      }
    }
    for (const pointer of blocks.keys()) allocator.free(pointer);
    expect(allocator.used).toBe(0);
    expect(allocator.allocate(1)).toBe(128);
  });

  it('takes nothing back twice', () => {
    const allocator = new Allocator(0, () => {});
    const pointer = allocator.allocate(100);
    allocator.allocate(100);
    allocator.free(pointer);
    allocator.free(pointer);
    expect(allocator.used).toBe(128);
  });
});

describe('heap', () => {
  it('grows, keeps what stands in it and refuses before the end', () => {
    const memory = createMemory(false, [32]);
    if (memory === undefined) throw new Error('no memory');
    const heap = new Heap(memory);
    const first = heap.allocate(800);
    heap.f64(first, 100).fill(7);
    const second = heap.allocate(10 * 65536);
    heap.f64(second, 10 * 8192).fill(1);
    expect(heap.copyF64(first, 100)).toEqual(new Float64Array(100).fill(7));
    expect(() => heap.allocate(40 * 65536)).toThrow(expect.objectContaining({ code: 'MethodRefused' }));
    heap.free(second);
    heap.free(heap.allocate(20 * 65536));
    heap.free(first);
    expect(heap.used).toBe(0);
  });
});

describe('memory of the backend', () => {
  it('does not leak over 1e5 calls', async () => {
    const { backend, engine } = await backendAndEngine();
    const args = system(5);
    backend.kernels.reconstructionPositiveNegativeFrom(args);
    const size = engine.heap.size;
    for (let call = 0; call < 1e5; call++)
      backend.kernels.reconstructionPositiveNegativeFrom(args, { check: 'shapes' });
    expect(engine.heap.used).toBe(0);
    expect(engine.heap.size).toBe(size);
    backend.dispose?.();
  });

  it('grows with the arguments and gives everything back', async () => {
    const { backend, engine } = await backendAndEngine();
    const before = engine.heap.size;
    const args = system(600);
    const { data: s } = backend.kernels.reconstructionPositiveNegativeFrom(args);
    expect(engine.heap.size).toBeGreaterThan(before);
    expect(engine.heap.used).toBe(0);
    const residual = args.dataVector.data.map((value, row) => {
      const matrixRow = args.curvatureRegMatrix.data.subarray(600 * row, 600 * row + 600);
      return Math.abs(value - matrixRow.reduce((sum, element, column) => sum + element * s[column], 0));
    });
    expect(Math.max(...residual)).toBeLessThan(1e-12);
    backend.dispose?.();
  });

  it('gives back what a failing call has taken', async () => {
    const { backend, engine } = await backendAndEngine();
    const { dataVector, curvatureRegMatrix } = system(40);
    curvatureRegMatrix.data[41 * 17] = -1;
    const failing = () => backend.kernels.reconstructionPositiveNegativeFrom({ dataVector, curvatureRegMatrix });
    expect(failing).toThrow(expect.objectContaining({ code: 'NumericalFailure', where: 'Cholesky pivot 17' }));
    const signal = { aborted: false };
    const aborted = () =>
      backend.kernels.wCompactCurvatureInterferometerFrom(
        { gridSize: 4, noiseMapReal: real([1, 2]), uvWavelengths: real([1, 2, 3, 4], [2, 2]), pixelScale: 0.1 },
        {
          signal,
          onProgress: () => {
            signal.aborted = true;
          },
        },
      );
    expect(aborted).toThrow(expect.objectContaining({ code: 'Aborted' }));
    expect(engine.heap.used).toBe(0);
    backend.dispose?.();
  });

  it('keeps bound arguments until they are disposed of', async () => {
    const { backend, engine } = await backendAndEngine();
    const wTilde = real(Float64Array.of(2, 1, 1, 3), [2, 2]);
    const mappingMatrix = real(Float64Array.of(1, 0, 0, 2), [2, 2]);
    const { curvatureMatrixViaWTildeFrom: kernel } = backend.kernels;
    const first = kernel.bind({ wTilde });
    const second = kernel.bind({ wTilde, mappingMatrix });
    for (const method of ['sparse', 'dense']) {
      expect(first({ mappingMatrix }, { method }).data).toEqual(Float64Array.of(2, 2, 2, 12));
      expect(second({}, { method }).data).toEqual(Float64Array.of(2, 2, 2, 12));
    }
    expect(engine.heap.used).toBeGreaterThan(0);
    first.dispose();
    expect(second({}).data).toEqual(Float64Array.of(2, 2, 2, 12));
    second.dispose();
    expect(engine.heap.used).toBe(0);
    backend.dispose?.();
  });
});
