import { expect, it, vi } from 'vitest';
import { nodeTestRunner } from '../src/node.js';

/** node:test as far as the adapter goes, with everything it is told. */
function fakeNodeTest() {
  const register = Object.assign(vi.fn(), { skip: vi.fn() });
  return { describe: vi.fn((_name: string, body: () => void) => body()), it: register, after: vi.fn() };
}

it('hands tests, skips and groups on to node:test', async () => {
  const nodeTest = fakeNodeTest();
  const { describe, it: register, afterAll } = nodeTestRunner(nodeTest);
  const body = vi.fn(async () => {});
  describe('group', () => {
    register('runs', body, 1000);
    register.skip('does not', body);
    afterAll(() => {});
  });
  expect(nodeTest.describe).toHaveBeenCalledWith('group', expect.any(Function));
  expect(nodeTest.it).toHaveBeenCalledWith('runs', { timeout: 1000 }, expect.any(Function));
  expect(nodeTest.it.skip).toHaveBeenCalledWith('does not', expect.any(Function));
  expect(nodeTest.after).toHaveBeenCalledOnce();
  const context = { skip: () => {} };
  await nodeTest.it.mock.calls[0][2](context);
  expect(body).toHaveBeenCalledWith(context);
});
