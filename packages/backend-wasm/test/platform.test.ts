import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { relaxed } from '../src/generated/relaxed.js';
import { simd128 } from '../src/generated/simd128.js';
import { createWasmBackend } from '../src/index.js';
import { system } from './fixtures.js';

/** What is used of it here; tests are checked without the types of browsers. */
declare const WebAssembly: {
  readonly Module: {
    new (bytes: Uint8Array): object;
    exports(module: object): readonly object[];
  };
  readonly CompileError: new (message: string) => Error;
  compile(bytes: Uint8Array): Promise<object>;
  validate(bytes: Uint8Array): boolean;
};

/** A file that the package exports, as a platform that compiles ahead hands it over. */
function compiledFile(name: string): object {
  return new WebAssembly.Module(readFileSync(new URL(`../wasm/${name}.wasm`, import.meta.url)));
}

describe('a compiled module', () => {
  it.each(['simd128', 'relaxed'] as const)('%s.wasm gives the bits of the variant', async (simd) => {
    const args = system(60);
    const given = await createWasmBackend({ module: compiledFile(simd) });
    const own = await createWasmBackend({ simd, threads: 1 });
    expect(given.info).toMatchObject({ simd, threads: 1, threadsNote: 'the option module is for one thread' });
    expect(given.kernels.reconstructionPositiveNegativeFrom(args)).toStrictEqual(
      own.kernels.reconstructionPositiveNegativeFrom(args),
    );
  });

  it('is the one that was asked for', async () => {
    const module = compiledFile('relaxed');
    await expect(createWasmBackend({ module, simd: 'simd128' })).rejects.toMatchObject({
      code: 'InvalidOption',
      actual: 'relaxed.wasm',
    });
  });

  it('of something else, or of another version, is refused', async () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    const bytes = readFileSync(new URL('../wasm/simd128.wasm', import.meta.url));
    const other = new WebAssembly.Module(
      Buffer.from(bytes.toString('latin1').replace(simd128.digest, '0'.repeat(16)), 'latin1'),
    );
    for (const module of [empty, other, {}]) {
      await expect(createWasmBackend({ module })).rejects.toMatchObject({ code: 'InvalidOption' });
    }
  });

  it.each(Object.entries({ relaxed, simd128 }))('%s.wasm is of these bytes', (name, { base64, digest }) => {
    const bytes = Buffer.from(base64, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(digest);
    expect(WebAssembly.Module.exports(compiledFile(name))).toEqual(
      WebAssembly.Module.exports(new WebAssembly.Module(bytes)),
    );
  });
});

describe('a platform that forbids', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('WebAssembly has no such backend', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    for (const threads of ['auto', 1] as const) {
      await expect(createWasmBackend({ threads })).rejects.toMatchObject({
        code: 'BackendUnavailable',
        what: 'there is no WebAssembly here',
      });
    }
  });

  it('to compile says so and what would help', async () => {
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('unsafe-eval is not allowed'));
    await expect(createWasmBackend()).rejects.toMatchObject({
      code: 'BackendUnavailable',
      what: 'WebAssembly may not be compiled here: unsafe-eval is not allowed',
      remedy: expect.stringContaining("'wasm-unsafe-eval'"),
    });
    expect((await createWasmBackend({ module: compiledFile('simd128') })).info.simd).toBe('simd128');
  });

  it('relaxed SIMD leaves plain SIMD, and is insisted on in vain', async () => {
    const { validate } = WebAssembly;
    const isRelaxed = (bytes: Uint8Array) => bytes.byteLength === atob(relaxed.base64).length;
    vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => !isRelaxed(bytes) && validate(bytes));
    expect((await createWasmBackend({ threads: 1 })).info.simd).toBe('simd128');
    await expect(createWasmBackend({ simd: 'relaxed' })).rejects.toMatchObject({ code: 'BackendUnavailable' });
  });

  it('workers leaves one thread, and says why', async () => {
    class Worker {
      constructor() {
        throw Object.assign(new Error('Access to this API has been restricted'), { code: 'ERR_ACCESS_DENIED' });
      }
    }
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) =>
      name === 'node:os' ? { availableParallelism: () => 4 } : { Worker }) as typeof process.getBuiltinModule);
    const backend = await createWasmBackend();
    expect(backend.info).toMatchObject({
      threads: 1,
      threadsNote: 'a worker did not start: Access to this API has been restricted',
    });
    expect(backend.kernels.reconstructionPositiveNegativeFrom(system(3)).data.length).toBe(3);
  });
});
