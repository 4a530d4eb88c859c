import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Program, program, step } from '../src/device/program.js';
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

  it('declares what a program is given, in WGSL and by name', () => {
    const { wgsl, params, buffers } = program({
      label: 'x',
      params: ['count', 'first'],
      reads: { a: 'f32', b: 'vec2u' },
      writes: { out: 'u32' },
      wgsl: 'fn main() {}',
    });
    expect({ params, buffers }).toEqual({ params: ['count', 'first'], buffers: ['a', 'b', 'out'] });
    expect(wgsl.split('\n')).toEqual([
      'struct Params { count: u32, first: u32 }',
      '@group(0) @binding(0) var<uniform> params: Params;',
      '@group(0) @binding(1) var<storage, read> a: array<f32>;',
      '@group(0) @binding(2) var<storage, read> b: array<vec2u>;',
      '@group(0) @binding(3) var<storage, read_write> out: array<u32>;',
      'fn main() {}',
    ]);
  });

  it('a program that does not compile is DeviceFailure with the line of the WGSL', async () => {
    const device = await open();
    const wgsl = '@compute @workgroup_size(1)\nfn main() { let x: f64 = 1; }';
    const broken: Program = { label: 'broken', params: [], buffers: [], wgsl };
    await expect(
      device.scoped('test', (scope) => scope.submit('broken', [step(broken, {}, {}, [1])])),
    ).rejects.toMatchObject({
      code: 'DeviceFailure',
      message: expect.stringMatching(/broken:2:\d+ .*f64/),
    });
    device.dispose();
  });
});
