import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Program } from '../src/device/program.js';
import { onDevice } from './onDevice.js';

const folder = new URL('../src/programs/', import.meta.url);

/** Every program that a file of src/programs makes: one, or some to choose from. */
async function programsOf(file: string): Promise<readonly Program[]> {
  const module: Readonly<Record<string, unknown>> = await import(new URL(file, folder).href);
  return Object.values(module).flatMap((value) => (isProgram(value) ? [value] : programsIn(value)));
}

function programsIn(value: unknown): readonly Program[] {
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isProgram) : [];
}

function isProgram(value: unknown): value is Program {
  return typeof value === 'object' && value !== null && 'wgsl' in value && 'label' in value;
}

await onDevice((open) => {
  describe('the WGSL of', () => {
    it.each(readdirSync(folder))('%s compiles', async (file) => {
      const programs = await programsOf(file);
      expect(programs.length).toBeGreaterThan(0);
      const device = await open();
      for (const program of programs) await device.pipelines.get(program);
      device.dispose();
    });
  });

  it('a program that does not compile is DeviceFailure with the line of the WGSL', async () => {
    const device = await open();
    const broken = { label: 'broken', wgsl: '@compute @workgroup_size(1)\nfn main() { let x: f64 = 1; }' };
    const step = { program: broken, params: [], buffers: [], groups: [1] as const };
    await expect(device.scoped('test', (scope) => scope.submit('broken', [step]))).rejects.toMatchObject({
      code: 'DeviceFailure',
      message: expect.stringMatching(/broken:2:\d+ .*f64/),
    });
    device.dispose();
  });
});
