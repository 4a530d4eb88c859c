import { afterEach, describe, expect, it, vi } from 'vitest';
import { missingVulkanLoader } from '../src/device/vulkanLoader.js';
import { createWebgpuBackend } from '../src/index.js';

/** The dynamic linker as it would be elsewhere. */
function linkerSays(message: string, code = 'ERR_DLOPEN_FAILED') {
  return vi.spyOn(process, 'dlopen').mockImplementation(() => {
    throw Object.assign(new Error(message), { code });
  });
}

afterEach(() => vi.restoreAllMocks());

describe.runIf(process.platform === 'linux')('the Vulkan loader, which Dawn complains about on stderr', () => {
  it('is missing by the word of the linker, and Dawn is not asked', async () => {
    const message = 'libvulkan.so.1: cannot open shared object file';
    linkerSays(message);
    expect(missingVulkanLoader()).toBe(message);
    vi.restoreAllMocks();
    // Its addon comes through the same function, so only the loader is refused.
    const { dlopen } = process;
    vi.spyOn(process, 'dlopen').mockImplementation((...given) => {
      if (given[1] !== 'libvulkan.so.1') return Reflect.apply(dlopen, process, given);
      throw Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' });
    });
    await expect(createWebgpuBackend()).rejects.toMatchObject({
      code: 'BackendUnavailable',
      what: expect.stringContaining(message),
      remedy: expect.stringContaining('libvulkan.so.1'),
    });
  });

  it.each([
    ['is there', "Module did not self-register: 'libvulkan.so.1'", 'ERR_DLOPEN_FAILED'],
    ['may be there where nobody may ask', 'Cannot load native addon', 'ERR_DLOPEN_DISABLED'],
  ])('%s', (_, message, code) => {
    linkerSays(message, code);
    expect(missingVulkanLoader()).toBeUndefined();
  });

  it('is what other platforms do not need', () => {
    const dlopen = linkerSays('asked');
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    expect(missingVulkanLoader()).toBeUndefined();
    expect(dlopen).not.toHaveBeenCalled();
  });
});
