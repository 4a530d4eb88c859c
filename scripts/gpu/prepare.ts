// Puts what `npm run gpu` needs into the ignored folder .gpu, so that it runs on a bare Linux machine of this architecture
// with Node and a driver: one bundle of the program, the suite and the backends, Dawn, the Vulkan loader where it is found,
// and the software driver for trying it out. About 40 MB on x64.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { softwareVulkan } from '../softwareVulkan.ts';

const out = '.gpu';
rmSync(out, { recursive: true, force: true });

await build({
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['webgpu'] },
  build: {
    ssr: 'packages/bench/scripts/gpu.ts',
    outDir: out,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'gpu.mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});

const dawn = dirname(createRequire(join(process.cwd(), 'packages/backend-webgpu/package.json')).resolve('webgpu'));
const copied = join(out, 'node_modules/webgpu');
const addons = `dist/linux-${process.arch}`;
mkdirSync(join(copied, addons), { recursive: true });
for (const file of ['package.json', 'index.js', addons]) {
  if (existsSync(join(dawn, file)))
    cpSync(join(dawn, file), join(copied, file), { recursive: true, dereference: true });
}

// The loader beside Dawn, where Dawn looks first, and the driver that came with it.
const { VK_DRIVER_FILES } = softwareVulkan().environment;
if (VK_DRIVER_FILES !== undefined) {
  const folder = dirname(VK_DRIVER_FILES);
  const software = join(out, 'software');
  mkdirSync(software, { recursive: true });
  cpSync(join(folder, 'libvulkan.so.1'), join(copied, addons, 'libvulkan.so.1'), { dereference: true });
  cpSync(join(folder, 'libvk_swiftshader.so'), join(software, 'libvk_swiftshader.so'), { dereference: true });
  writeFileSync(join(software, 'vk_swiftshader_icd.json'), readFileSync(VK_DRIVER_FILES));
}
console.log(`${out} is ready: copy it and scripts/gpu/run.mjs along, and run node scripts/gpu/run.mjs`);
