// WebGPU in Node needs a Vulkan driver, and tests need one where there is no GPU, too: SwiftShader, which comes with
// Chromium and with the package @sparticuz/chromium, each time beside the loader libvulkan.so.1.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

type Environment = Readonly<Record<string, string>>;

export interface Vulkan {
  /** What a process must be started with for WebGPU to find an adapter. */
  readonly environment: Environment;
  /** The adapter, or why there is none. */
  readonly what: string;
}

/** The first that works: what the machine has by itself, Chromium's folder, the package. */
export function softwareVulkan(): Vulkan {
  const places = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', unpackedDriver];
  for (const place of [undefined, ...places]) {
    const folder = typeof place === 'function' ? place() : place;
    const environment = folder === undefined ? {} : environmentFor(folder);
    const adapter = environment === undefined ? undefined : adapterWith(environment);
    if (environment !== undefined && adapter !== undefined) return { environment, what: adapter };
  }
  return { environment: {}, what: 'no Vulkan driver: install chromium, mesa-vulkan-drivers or @sparticuz/chromium' };
}

/** SwiftShader in a folder, where it is there. */
function environmentFor(folder: string): Environment | undefined {
  const driver = join(folder, 'vk_swiftshader_icd.json');
  if (!existsSync(driver)) return undefined;
  const { LD_LIBRARY_PATH } = process.env;
  return {
    LD_LIBRARY_PATH: LD_LIBRARY_PATH === undefined ? folder : `${folder}:${LD_LIBRARY_PATH}`,
    VK_DRIVER_FILES: driver,
    VK_ICD_FILENAMES: driver,
  };
}

/** Asks for an adapter in a process of its own, since a loader reads its environment only once. */
function adapterWith(environment: Environment): string | undefined {
  const dawn = createRequire(resolve('packages/backend-webgpu/package.json')).resolve('webgpu');
  const program = `
    const { create } = await import(${JSON.stringify(pathToFileURL(dawn).href)});
    const gpu = create([]);
    const adapter = await gpu.requestAdapter();
    if (adapter) console.log(adapter.info.description || adapter.info.device || adapter.info.vendor);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    // Ends a driver that hangs; a slow machine has time enough.
    timeout: 600_000,
  });
  const name = stdout.trim();
  return status === 0 && name !== '' && !/^null/i.test(name) ? name : undefined;
}

/** The folder that the driver of the package is unpacked to, where the package is installed. */
function unpackedDriver(): string | undefined {
  const folder = resolve('node_modules/.cache/swiftshader');
  const archive = 'node_modules/@sparticuz/chromium/bin/swiftshader.tar.br';
  if (existsSync(folder)) return folder;
  if (!existsSync(archive) || process.arch !== 'x64') return undefined;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const { status } = spawnSync('tar', ['-x', '-C', unfinished], { input: brotliDecompressSync(readFileSync(archive)) });
  if (status === 0 && !existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return existsSync(folder) ? folder : undefined;
}
