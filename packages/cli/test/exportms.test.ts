/** The exporter of MeasurementSets, on tables of a stand-in for python-casacore that holds them in NumPy files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readVisibilityFiles } from '@wtilde/data/node';
import { afterAll, expect, test } from 'vitest';
import { invoke } from './invoke.js';

const script = fileURLToPath(new URL('../scripts/exportms.py', import.meta.url));
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'wtilde-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const standIn = `
import numpy as np
class table:
    def __init__(self, path, ack=True):
        self.columns = dict(np.load(path + '/table.npz'))
    def colnames(self):
        return list(self.columns)
    def getcol(self, name, first=0, count=-1):
        return self.columns[name][first : None if count < 0 else first + count]
    def getcell(self, name, row):
        return self.columns[name][row]
    def iscelldefined(self, name, row):
        return True
`;

/** Four rows: two baselines, an autocorrelation, a flagged row; two channels; XX and YY, one hand flagged once. */
const tables = `
import numpy as np, os
def save(name, **columns):
    path = os.path.join('lens.ms', name)
    os.makedirs(path, exist_ok=True)
    np.savez(path + '/table.npz', **columns)
c = 299792458.0
data = np.zeros((4, 2, 4), complex)
data[0, 0] = [1 + 2j, 9, 9, 3 + 4j]
data[0, 1] = [5 + 6j, 9, 9, 7 + 8j]
data[1] = 1j
flag = np.zeros((4, 2, 4), bool)
flag[0, 1, 0] = True
save('', DATA=data, FLAG=flag, FLAG_ROW=np.array([False, False, False, True]), FIELD_ID=np.zeros(4, int),
     DATA_DESC_ID=np.zeros(4, int), ANTENNA1=np.array([0, 0, 2, 1]), ANTENNA2=np.array([1, 2, 2, 2]),
     UVW=np.array([[10.0, 20, 1], [30, 40, 2], [0, 0, 0], [50, 60, 3]]), TIME=np.arange(4.0),
     WEIGHT=np.array([[1.0, 1, 1, 3]] * 4))
save('DATA_DESCRIPTION', SPECTRAL_WINDOW_ID=np.array([0]), POLARIZATION_ID=np.array([0]))
save('SPECTRAL_WINDOW', CHAN_FREQ=np.array([[c, 2 * c]]))
save('POLARIZATION', CORR_TYPE=np.array([[9, 10, 11, 12]]))
`;

const run = (...argv: readonly string[]) =>
  spawnSync('python3', argv, { cwd: folder, encoding: 'utf8', env: { ...process.env, PYTHONPATH: folder } });

const name = 'flags, weights, frequencies and the sign of the transform';
test.skipIf(!hasNumpy)(hasNumpy ? name : `${name} [python3 with numpy is not there]`, async () => {
  mkdirSync(at('casacore'));
  writeFileSync(at('casacore/__init__.py'), '');
  writeFileSync(at('casacore/tables.py'), standIn);
  expect(run('-c', tables).stderr).toBe('');
  const { status, stdout, stderr } = run(script, 'lens.ms', 'lens.npz');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('4 visibilities');
  expect(run(script, 'lens.ms', 'lens.npz', '--column', 'MODEL_DATA').stderr).toContain('has no column MODEL_DATA');
  expect((await invoke('import', at('lens.npz'), '--out', at('lens'))).code).toBe(0);
  const { data, noiseMap, uvWavelengths } = await readVisibilityFiles(at('lens'));
  expect([...uvWavelengths.data]).toEqual([10, 20, 20, 40, 30, 40, 60, 80]);
  expect([...data.data]).toEqual([2.5, -3.5, 7, -8, 0, -1, 0, -1]);
  expect([...noiseMap.data].map((sigma) => 1 / sigma ** 2)).toEqual(
    [4, 4, 3, 3, 4, 4, 4, 4].map((weight) => expect.closeTo(weight, 12)),
  );
});
