import { real } from '@wtilde/core-types';
import { describe, expect, it, vi } from 'vitest';
import { program, step } from '../src/device/program.js';
import { onDevice } from './onDevice.js';

const writeNothing = program({
  label: 'spoiler',
  params: ['n'],
  reads: {},
  writes: { out: 'f32' },
  wgsl: `
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) { if (id.x < params.n) { out[id.x] += 1f; } }`,
});

await onDevice((open) => {
  describe('memory', () => {
    it('is all given back after a call, and after one that failed', async () => {
      const device = await open();
      const work = (fail: boolean) =>
        device.scoped('test', async (scope) => {
          const array = scope.borrow(scope.argument('x', real([1, 2, 3])));
          await scope.submit('add', [step(writeNothing, { n: 3 }, { out: array }, [3])]);
          if (fail) throw new Error('half-way');
          return new Float32Array(await scope.read(array, 3));
        });
      // 1, 2, 3 are 1/4, 1/2, 3/4 times 2^2 on the device.
      expect([...(await work(false))]).toEqual([1.25, 1.5, 1.75]);
      await expect(work(true)).rejects.toThrow('half-way');
      expect(device.pool.lentBytes).toBe(0);
      device.dispose();
    });

    it('is lent again instead of growing', async () => {
      const device = await open();
      const call = () => device.scoped('test', async (scope) => void scope.put('x', new Float32Array(1000)));
      await call();
      const before = device.pool.heldBytes;
      for (let i = 0; i < 100; i++) await call();
      expect(device.pool.heldBytes).toBe(before);
      device.dispose();
    });

    it('beyond the budget is MethodRefused, and a handle that is disposed of makes room', async () => {
      const device = await open(2 ** 20);
      const kept = device.upload('kept', real(new Float64Array(150_000)));
      const another = () => device.upload('another', real(new Float64Array(150_000)));
      expect(another).toThrow(expect.objectContaining({ code: 'MethodRefused' }));
      kept.dispose();
      another().dispose();
      device.dispose();
    });

    it('of an array that is disposed of while it is read stays until then', async () => {
      const device = await open();
      const array = device.upload('x', real([1, 2, 3]));
      const reading = array.toHost();
      array.dispose();
      expect([...(await reading).data]).toEqual([1, 2, 3]);
      expect(device.pool.lentBytes).toBe(0);
      await expect(array.toHost()).rejects.toMatchObject({ code: 'Disposed' });
      device.dispose();
    });
  });

  it('calls that are made together share a submission', async () => {
    const device = await open();
    const submit = vi.spyOn(device.gpu.queue, 'submit');
    const call = () =>
      device.scoped('test', async (scope) => {
        const array = scope.borrow(scope.argument('x', real([1, 2, 3])));
        await scope.submit('add', [step(writeNothing, { n: 3 }, { out: array }, [3])]);
        return new Float32Array(await scope.read(array, 3));
      });
    await call();
    submit.mockClear();
    const results = await Promise.all([call(), call(), call(), call()]);
    for (const result of results) expect([...result]).toEqual([1.25, 1.5, 1.75]);
    // One for the programs of all, one for their way back.
    expect(submit.mock.calls.map(([commands]) => [...commands].length)).toEqual([4, 4]);
    device.dispose();
  });

  it('arrays of one device are ForeignHandle on another', async () => {
    const [device, other] = await Promise.all([open(), open()]);
    const array = device.upload('x', real([1]));
    const use = other.scoped('test', async (scope) => void scope.argument('x', array));
    await expect(use).rejects.toMatchObject({ code: 'ForeignHandle' });
    for (const each of [device, other]) each.dispose();
  });
});
