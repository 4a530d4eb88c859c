// `npm run gpu`, or `node scripts/gpu/run.mjs` where there is no npm: measures the GPU of this machine with what
// `npm run gpu:prepare` has put into .gpu, which it makes where it is missing. With --software on the software driver in it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const prepared = join(root, '.gpu');
const args = process.argv.slice(2).filter((arg) => arg !== '--software');

if (!existsSync(join(prepared, 'gpu.mjs'))) run('npm', ['run', '-s', 'gpu:prepare'], {});
run(process.execPath, [join(prepared, 'gpu.mjs'), ...args], process.argv.includes('--software') ? software() : {});

function run(command, given, more) {
  const { status } = spawnSync(command, given, { cwd: root, stdio: 'inherit', env: { ...process.env, ...more } });
  if (status !== 0) process.exit(status ?? 1);
}

/** What makes the loader find the software driver and no other. */
function software() {
  const driver = join(prepared, 'software', 'vk_swiftshader_icd.json');
  if (existsSync(driver)) return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver };
  console.error(
    'no software driver was prepared: npm run gpu:prepare where @sparticuz/chromium or chromium is installed',
  );
  process.exit(2);
}
