import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { measurePeers } from '../src/peers/measurePeers.js';
import type { PeerProblem } from '../src/peers/peerProblem.js';
import { peersText } from '../src/science/text.js';

const problems: readonly PeerProblem[] = [
  { name: 'Cholesky S=20', kind: 'cholesky', order: 20 },
  { name: 'matrix products M=S=12', kind: 'products', order: 12 },
  { name: 'w_compact N=10 K=1e3 1e-9', kind: 'wCompact', gridSize: 10, visibilities: 1000, tolerance: 1e-9 },
];

/** Node in the place of Python: does `script` with the job that it reads. */
const pretending = (script: string) => [
  process.execPath,
  '-e',
  `let text = ''; process.stdin.on('data', (part) => { text += part; }).on('end', () => { const job = JSON.parse(text); ${script} });`,
];

const says = (report: string) => pretending(`console.log(JSON.stringify(${report}))`);
const kernels = [1, 0].map((threads) => ({
  ...{ name: 'Cholesky S=20', kernel: 'reconstructionPositiveNegativeFrom', method: 'cholesky' },
  ...{ ms: 2, backend: 'wasm', threads },
}));
const science = { schema: 1, kind: 'science', date: '', fits: [], sums: [], kernels } as const;
const machine = {
  ...{ cpu: '', cores: 1, platform: '', node: '', load: 0 },
  ceilings: { flopsPerSecond: 1, bytesPerSecond: 1 },
  calibration: { directCosines: 1, matrixProduct: 1 },
};

describe('others on this machine', () => {
  it('are asked on one thread and on all, and told beside ours', async () => {
    const python = says(`{ numpy: '1.2', finufft: null, times: job.problems.slice(0, 1).map(({ name }) =>
      ({ name, ms: process.env.OMP_NUM_THREADS === '1' ? 3 : 1 })) }`);
    const peers = await measurePeers(problems, { budgetMs: 1, python });
    expect(peers).toEqual({
      present: ['numpy 1.2'],
      absent: ['finufft is not installed'],
      times: [
        { name: 'Cholesky S=20', threads: 1, ms: 3 },
        { name: 'Cholesky S=20', threads: 0, ms: 1 },
      ],
    });
    const text = peersText({ ...science, machine, peers });
    expect(text).toContain('numpy 1.2, finufft is not installed');
    expect(text).toContain('| Cholesky S=20 | 1 | 3.00 | 2.00 | 1.50 |');
    expect(text).toContain('| Cholesky S=20 | all | 1.00 | 2.00 | 0.500 |');
  });

  it.each([
    ['there is no Python', ['wtilde-has-no-such-program'], 'wtilde-has-no-such-program is not installed'],
    ['it fails', pretending("console.error('out of memory'); process.exitCode = 3"), 'ends with 3: out of memory'],
    ['it says something else', pretending("console.log('hello')"), 'answers something else: hello'],
  ])('are left out with the reason where %s', async (_, python, reason) => {
    const peers = await measurePeers(problems, { budgetMs: 1, python });
    expect(peers).toMatchObject({ present: [], times: [] });
    expect(peersText({ ...science, machine, peers })).toContain(reason);
  });

  it('are left out where Python has neither', async () => {
    const python = says('{ numpy: null, finufft: null, times: [] }');
    const peers = await measurePeers(problems, { budgetMs: 1, python });
    expect(peersText({ ...science, machine, peers })).toBe(
      'Nothing to compare with: numpy is not installed, finufft is not installed.',
    );
  });

  const numpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
  it.skipIf(!numpy)('are measured by NumPy, which this machine has', async () => {
    const { present, times } = await measurePeers(problems.slice(0, 2), { budgetMs: 1 });
    expect(present.join()).toMatch(/numpy \d/);
    expect(times.map(({ name, threads }) => [name, threads])).toEqual(
      [1, 0].flatMap((threads) => ['Cholesky S=20', 'matrix products M=S=12'].map((name) => [name, threads])),
    );
    for (const { ms } of times) expect(ms).toBeGreaterThan(0);
  });
});
