/**
 * The bars of backend-wasm, on one thread and on two, beside backend-loops: writes `results.json` and `results.md`.
 * Problems, peers and calibration are those of backend-loops' benchmarks. Needs the build, and the golden files for the
 * cases of Numba.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allKernels, findKernel, type LooseArgs, type Options, type SyncBackend } from '@wtilde/core-types';
import { almaLike, type Fields, fieldsFromNpz, generated } from '@wtilde/data';
import { calibrate, meanOf } from '@wtilde/testkit';
import { goldenFolder } from '@wtilde/testkit/node';
import { argumentsFor, boundMedian } from '../../backend-loops/bench/bound.ts';
import { numbaOf, calibration as peersCalibration, peersOf } from '../../backend-loops/bench/peers.ts';
import { backend as loops, resolverOf, system, weighted } from '../../backend-loops/bench/problems.ts';
import { looseKernel } from '../../backend-loops/test/looseKernels.ts';
import { createWasmBackend } from '../dist/index.js';

interface Row {
  readonly section: string;
  readonly name: string;
  /** Medians in milliseconds. */
  readonly loops: number;
  readonly oneThread: number;
  readonly twoThreads: number;
  readonly peer: { readonly who: string; readonly ms: number } | undefined;
}

const few = { rounds: 5, budget: 1200 };
const creation: number[] = [];
for (let i = 0; i < 9; i++) {
  const started = performance.now();
  (await createWasmBackend({ threads: 2 })).dispose?.();
  creation.push(performance.now() - started);
}
const one = await createWasmBackend({ threads: 1 });
const two = await createWasmBackend({ threads: 2 });
const load = loadavg()[0];
const before = calibrate();

function times(name: string, args: LooseArgs, options: Options & { rounds?: number; budget?: number } = {}) {
  const on = (backend: SyncBackend) => boundMedian(looseKernel(backend, name), args, options);
  return { loops: on(loops), oneThread: on(one), twoThreads: on(two) };
}

function goldenRows(name: string): Omit<Row, 'peer'>[] {
  const file = join(goldenFolder(), `${name}.npz`);
  if (!existsSync(file)) {
    console.error(`no ${file}: left out`);
    return [];
  }
  const resolver = resolverOf(fieldsFromNpz(readFileSync(file)));
  return allKernels().flatMap((descriptor) => {
    const args = argumentsFor(resolver, descriptor);
    return args === undefined ? [] : [{ section: name, name: descriptor.upstream, ...times(descriptor.name, args) }];
  });
}

function problemRow(label: string, kernel: string, fields: Fields): Omit<Row, 'peer'> {
  return {
    section: 'larger sizes',
    name: label,
    ...times(kernel, resolverOf(fields).argumentsOf(findKernel(kernel)), few),
  };
}

function callRow(label: string, kernel: string, args: LooseArgs, options: Options = {}): Omit<Row, 'peer'> {
  return { section: 'larger sizes', name: label, ...times(kernel, args, { ...few, ...options }) };
}

const hundred = generated({ N: 100, K: 1e4, S: 1000, B: 3 });
const lens = almaLike({ N: 70, K: 1000, S: 1500 });
const million = { ...weighted(1e6), gridSize: 140, pixelScale: 0.05 };
const factorised = { ...weighted(1e4), gridSize: 100, pixelScale: 0.05 };
const measured = [
  ...goldenRows('generated-default'),
  ...goldenRows('sma'),
  callRow('w_compact N=100 K=1e4, factorised', 'wCompactCurvatureInterferometerFrom', factorised, {
    method: 'factorised',
  }),
  callRow('w_compact N=140 K=1e6 1e-12', 'wCompactCurvatureInterferometerFrom', million, { tolerance: 1e-12 }),
  problemRow('F N=100 S=1000', 'curvatureMatrixViaWCompactSparseMappingMatrixFrom', hundred),
  problemRow('evidence N=70 S=1500', 'logLikelihoodFunctionViaWCompactFrom', lens),
  callRow('Cholesky S=700', 'reconstructionPositiveNegativeFrom', system(700)),
  callRow('Cholesky S=1500', 'reconstructionPositiveNegativeFrom', system(1500)),
];
const here = meanOf(before, calibrate());

const rows: Row[] = measured.map((row) => ({ ...row, peer: peerOf(row) }));

/** The peer of a row as it would be on this machine. */
function peerOf({ section, name }: Omit<Row, 'peer'>): Row['peer'] {
  const scaled = (ms: number, loop: keyof typeof here) => (ms * here[loop]) / peersCalibration[loop];
  const numba = numbaOf(section, name);
  if (numba !== undefined) {
    const { returns } = findKernel(name);
    const transform = returns.kind === 'array' && returns.numericClass === 'transform';
    return { who: 'Numba, 2 threads', ms: scaled(numba, transform ? 'directCosines' : 'matrixProduct') };
  }
  const [larger] = peersOf(name).filter(({ loop }) => loop !== null);
  return larger?.loop ? { who: larger.who, ms: scaled(larger.ms, larger.loop) } : undefined;
}

const number = (ms: number) => ms.toPrecision(3);
const lineOf = ({ name, loops: slow, oneThread, twoThreads, peer }: Row) =>
  `| ${name} | ${number(slow)} | ${number(oneThread)} | ${number(twoThreads)} | ${(oneThread / twoThreads).toFixed(2)} | ${
    peer === undefined
      ? '- | -'
      : `${number(peer.ms)} ${peer.who} | ${(peer.ms / Math.min(oneThread, twoThreads)).toFixed(2)}`
  } |`;
const sections = [...new Set(rows.map(({ section }) => section))].map((section) =>
  [
    `## ${section}`,
    '',
    '| what | loops | 1 thread | 2 threads | 1 / 2 | peer here | peer / ours |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.filter((row) => row.section === section).map(lineOf),
    '',
  ].join('\n'),
);
const middle = [...creation].sort((a, b) => a - b)[creation.length >> 1];
const facts = {
  schema: 1,
  date: new Date().toISOString(),
  node: process.versions.node,
  cpu: `${cpus()[0].model.trim()}, ${cpus().length} cores`,
  simd: one.info.simd,
  load,
  calibration: { here, peers: peersCalibration },
  creationMs: middle,
};
const text = [
  '# Benchmarks of backend-wasm',
  '',
  `Written by \`npm run bench\` in this package; the numbers are in \`results.json\`. ${facts.date.slice(0, 10)}, Node ${facts.node}, ${facts.cpu}, SIMD ${String(facts.simd)}, load ${load.toFixed(1)} before.`,
  '',
  `Medians in milliseconds, arguments bound except the mapping, \`check: 'shapes'\`. Peers are scaled to this machine: transforms by direct cosines (${number(here.directCosines)} here, ${peersCalibration.directCosines} there), the rest by a matrix product (${number(here.matrixProduct)} here, ${peersCalibration.matrixProduct} there); \`peer / ours\` takes the better of one and two threads. Creation with two threads: ${number(middle)} ms.`,
  '',
  ...sections,
].join('\n');
writeFileSync(
  fileURLToPath(new URL('./results.json', import.meta.url)),
  `${JSON.stringify({ ...facts, rows }, rounded, 2)}\n`,
);
writeFileSync(fileURLToPath(new URL('./results.md', import.meta.url)), text);
console.log(text);
one.dispose?.();
two.dispose?.();

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
