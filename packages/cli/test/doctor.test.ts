import { expect, test } from 'vitest';
import { invoke } from './invoke.js';
import { jsonOf } from './json.js';

test('doctor: what can be used, and for what cannot a remedy', async () => {
  const { code, out } = await invoke('doctor');
  expect(code).toBe(0);
  expect(out).toMatch(/^usable +what +found\nyes +Node +\d+\.\d+/);
  expect(out).toMatch(/yes +backend wasm +float64/);
  const { findings } = Object(jsonOf((await invoke('doctor', '--json')).out));
  expect(findings.length).toBeGreaterThan(7);
  for (const { usable, found, remedy } of findings) {
    expect(['yes', 'no', 'slow']).toContain(usable);
    expect(found).not.toBe('');
    expect(usable === 'no' ? typeof remedy : 'string').toBe('string');
  }
});

test('without arguments: what it is, what it found, what to type first', async () => {
  const { code, out } = await invoke();
  expect(code).toBe(0);
  expect(out).toMatch(/^wtilde \S+: sources behind gravitational lenses/);
  expect(out).toMatch(/runs on wasm and loops/);
  expect(out).toContain('wtilde explore');
  expect(out).toContain('wtilde --help');
});
