import { afterEach, expect, it, vi } from 'vitest';
import { createWasmBackend } from '../src/index.js';

const { getBuiltinModule } = process;

afterEach(() => {
  vi.unstubAllGlobals();
  process.getBuiltinModule = getBuiltinModule;
});

/** What Chromium does where a policy forbids a worker: an event that is no ErrorEvent. */
class BlockedWorker {
  onerror: (event: Event) => void = () => {};
  constructor() {
    queueMicrotask(() => this.onerror(new Event('error')));
  }
  postMessage(): void {}
  terminate(): void {}
}

it('a page whose policy blocks workers from blobs: one thread, and the cause by its name', async () => {
  Reflect.set(process, 'getBuiltinModule', undefined);
  vi.stubGlobal('Worker', BlockedWorker);
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.stubGlobal('crossOriginIsolated', true);
  const backend = await createWasmBackend({ threads: 2 });
  expect(backend.info).toMatchObject({
    threads: 1,
    threadsNote: expect.stringMatching(/Content Security Policy.*blob:/),
  });
  backend.dispose?.();
});

it.each([{ threads: '2' }, { threads: null }, { simd: 'none' }, { thread: 2 }, null, 'auto', Symbol('s')])(
  'options %s are refused by name',
  async (options) => {
    const creating: Promise<unknown> = Reflect.apply(createWasmBackend, undefined, [options]);
    await expect(creating).rejects.toMatchObject({ code: 'InvalidOption' });
  },
);
