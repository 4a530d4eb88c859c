const library = 'libvulkan.so.1';

/**
 * Why Dawn would find no Vulkan loader in Node on Linux, where it prints that on stderr: whoever asks first can say it in
 * an error alone. Looks where Dawn looks: beside its addon, beside the program, and where the dynamic linker does.
 */
export function missingVulkanLoader(): string | undefined {
  const host = globalThis.process;
  if (host?.platform !== 'linux' || typeof host.getBuiltinModule !== 'function') return undefined;
  const { existsSync } = host.getBuiltinModule('node:fs');
  const { dirname, join } = host.getBuiltinModule('node:path');
  const { createRequire } = host.getBuiltinModule('node:module');
  try {
    const addons = join(dirname(createRequire(import.meta.url).resolve('webgpu')), 'dist', `linux-${host.arch}`);
    if ([addons, dirname(host.execPath)].some((folder) => existsSync(join(folder, library)))) return undefined;
    host.dlopen({ exports: {} }, library);
    return undefined;
  } catch (error) {
    const failed = error instanceof Error && 'code' in error && error.code === 'ERR_DLOPEN_FAILED';
    // It is no addon of Node: that is found out once it is loaded.
    return failed && !/self-register/.test(error.message) ? error.message : undefined;
  }
}
