import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const [major] = process.versions.node.split('.').map(Number);

/** Creates the backend in a process with these flags; what becomes of it. */
function created(...flags) {
  const program = `
    import { createWasmBackend } from '@wtilde/backend-wasm';
    const said = await createWasmBackend().then(({ info }) => info, ({ code, what }) => ({ code, what }));
    console.log(JSON.stringify(said));`;
  const args = [...flags, '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout);
}

test('without leave to start workers, backend-wasm runs on one thread and says why', () => {
  const permission = major >= 24 ? '--permission' : '--experimental-permission';
  const { threads, threadsNote } = created(permission, '--allow-fs-read=*');
  assert.equal(threads, 1);
  assert.match(threadsNote, /^a worker did not start: Access to this API has been restricted/);
});

test('without WebAssembly there is no backend-wasm, by a typed error', () => {
  assert.deepEqual(created('--jitless'), { code: 'BackendUnavailable', what: 'there is no WebAssembly here' });
});
