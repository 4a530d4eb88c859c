import { expect, test } from 'vitest';
import { factLines } from '../src/text/facts.js';

test('a fact has a line, a record in a list one of its own; what is empty is not told', () => {
  const info = {
    summary: 'TensorFlow.js, engine wasm',
    deviceMemory: false,
    engine: 'wasm',
    attempts: [
      { engine: 'tensorflow', ok: false, reason: 'not-installed' },
      { engine: 'wasm', ok: true, detail: undefined },
    ],
    adapter: { vendor: 'google', device: '' },
    features: ['a', 'b'],
    threads: 2,
  };
  expect(factLines('tfjs', info)).toEqual([
    'tfjs engine: wasm',
    'tfjs attempts: engine tensorflow, ok false, reason not-installed',
    'tfjs attempts: engine wasm, ok true',
    'tfjs adapter: vendor google',
    'tfjs features: a, b',
    'tfjs threads: 2',
  ]);
});
