import { describe, expect, it } from 'vitest';
import { compileModule } from '../src/engine/wasmModule.js';
import { createWasmBackend } from '../src/index.js';
import { backendAndEngine, system } from './fixtures.js';

describe('variants', () => {
  it('plain SIMD compiles everywhere, shared memory or not', async () => {
    for (const shared of [false, true]) {
      expect(await compileModule(shared, 'simd128')).toMatchObject({ simd: 'simd128' });
    }
  });

  it('the relaxed one runs where the engine has it, and says so', async () => {
    const found = await compileModule(false, 'auto');
    const { backend } = await backendAndEngine();
    expect(backend.info.simd).toBe(found?.simd);
  });

  it('differ in rounding only', async () => {
    const args = system(200);
    const [relaxed, plain] = await Promise.all([
      backendAndEngine({ simd: 'relaxed' }),
      backendAndEngine({ simd: 'simd128' }),
    ]);
    const a = relaxed.backend.kernels.reconstructionPositiveNegativeFrom(args).data;
    const b = plain.backend.kernels.reconstructionPositiveNegativeFrom(args).data;
    expect(Math.max(...a.map((value, i) => Math.abs(value - b[i])))).toBeLessThan(1e-13);
  });
});

describe('the caller', () => {
  it.each(['simd128', 'relaxed'] as const)('pins %s', async (simd) => {
    for (const options of [{ simd }, { env: { WTILDE_SIMD: simd } }, { simd, env: { WTILDE_SIMD: 'auto' } }]) {
      expect((await createWasmBackend({ threads: 1, ...options })).info.simd).toBe(simd);
    }
  });

  it('leaves it open', async () => {
    const { simd } = await compileModule(false, 'auto');
    for (const options of [{ simd: 'auto' } as const, { env: { WTILDE_SIMD: '' } }, { env: {} }]) {
      expect((await createWasmBackend({ threads: 1, ...options })).info.simd).toBe(simd);
    }
  });

  it.each([
    [{ simd: 'fast' as 'auto' }, 'createWasmBackend option simd'],
    [{ env: { WTILDE_SIMD: 'relaxd' } }, 'environment variable WTILDE_SIMD'],
  ])('is told of a mistake: %o', async (options, where) => {
    await expect(createWasmBackend(options)).rejects.toMatchObject({ code: 'InvalidOption', where });
  });
});
