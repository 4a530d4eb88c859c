import { createWasmBackend } from '@wtilde/backend-wasm';
import { requireField } from '@wtilde/data';
import { readVisibilityFiles } from '@wtilde/data/node';
import { evidenceTerms, factorEvidence, regularizationOfGraph, regularizationOfMatrix } from '@wtilde/numerics';
import { expect } from 'vitest';
import {
  circularMask,
  createInversion,
  type Inversion,
  type MassProfile,
  type Mesh,
  type Model,
  priorOf,
  type Regularization,
} from '../../src/index.js';
import { dataFolder, goldenArchive, testWithGoldenJson } from '../golden.js';

const adapted = { innerCoefficient: 0.5, outerCoefficient: 3, signalScale: 0.8 };
const regularizations: Readonly<Record<string, Regularization>> = {
  constant1: { type: 'constant', coefficient: 1 },
  'constant0.01': { type: 'constant', coefficient: 0.01 },
  constantsplit1: { type: 'constantSplit', coefficient: 1 },
  adapt: { type: 'adapt', ...adapted },
  adaptsplit: { type: 'adaptSplit', ...adapted },
};
const galaxy: MassProfile = {
  type: 'Isothermal',
  centre: [0.043, -0.071],
  einsteinRadius: 1.6,
  ellComps: [0.09596331358773595, 0.023926341323044064],
};
const lenses: Readonly<Record<string, readonly MassProfile[]>> = {
  A: [galaxy],
  B: [
    { ...galaxy, einsteinRadius: 1.45 },
    { type: 'ExternalShear', gamma1: 0.04, gamma2: -0.025 },
  ],
  C: [
    {
      type: 'PowerLaw',
      centre: [-0.02, 0.03],
      einsteinRadius: 1.55,
      slope: 2.15,
      ellComps: [-0.10943492044556828, 0.09182680138379133],
    },
    { type: 'ExternalShear', gamma1: -0.03, gamma2: 0.02 },
  ],
};

interface Row {
  readonly lens: string;
  readonly mesh: string;
  readonly reg: string;
  readonly solver: string;
  readonly log_evidence: number | null;
}

/** The unrestricted reconstructions of one lens that are finite and by something that we have. */
function rowsOf(golden: unknown, lens: string, isMesh: (mesh: string) => boolean): readonly Row[] {
  if (typeof golden !== 'object' || golden === null || !('terms' in golden) || !Array.isArray(golden.terms)) return [];
  const rows: readonly Row[] = golden.terms;
  return rows.filter(
    (row) => row.lens === lens && isMesh(row.mesh) && row.solver.startsWith('posneg') && row.log_evidence !== null,
  );
}

let made: Promise<Inversion> | undefined;

async function sma(): Promise<Inversion> {
  const dataset = await readVisibilityFiles(`${dataFolder}/sma`);
  const mask = circularMask({ shapeNative: [100, 100], pixelScale: 0.2, radius: 3 });
  return await createInversion(dataset, { mask, backends: [await createWasmBackend()] });
}

async function evidenceOf(model: Omit<Model, 'lens'>, lens: string): Promise<number> {
  made ??= sma();
  const inversion = await made;
  const { logEvidence } = await inversion.evidence({ lens: { mass: lenses[lens] ?? [] }, ...model });
  return logEvidence;
}

for (const lens of ['A', 'B', 'C']) {
  testWithGoldenJson('pyautolens/fits-sma.json', `Delaunay and uniform rectangle, lens ${lens}`, async (golden) => {
    const rows = rowsOf(golden, lens, (mesh) => mesh === 'delaunay' || mesh === 'rectuniform');
    expect(rows.length).toBeGreaterThan(3);
    await compare(rows);
  });

  testWithGoldenJson('pyautolens/fits-sma-adaptfixed.json', `rectangles by ranks, lens ${lens}`, async (golden) => {
    const rows = rowsOf(golden, lens, (mesh) => mesh.startsWith('rectadapt'));
    expect(rows).toHaveLength(6);
    await compare(rows);
  });
}

async function compare(rows: readonly Row[]): Promise<void> {
  const fields = await goldenArchive('pyautolens/fits-sma-adaptfixed.npz');
  const points = requireField(fields, 'overlay_image_mesh', 'real');
  const adaptImage = requireField(fields, 'adapt_data', 'real');
  const meshes: Readonly<Record<string, Mesh>> = {
    delaunay: { type: 'points', points, interpolation: 'barycentric' },
    rectuniform: { type: 'rectangular', shape: [24, 24] },
    rectadaptdensity: { type: 'rectangularAdaptDensity', shape: [24, 24], cdf: 'rank' },
    rectadaptimage: { type: 'rectangularAdaptImage', shape: [24, 24], cdf: 'rank' },
  };
  for (const { lens, mesh, reg, solver, log_evidence } of rows) {
    // Two image pixels stand on source pixels, and two ranks on nodes: which others get a weight of 1e-16, or the same one
    // twice, is rounding, and counts in the means that signals are. See below for those with their mappings.
    if (reg.startsWith('adapt')) continue;
    const useBorderRelocator = solver.endsWith('border');
    const model = { mesh: meshes[mesh], regularization: regularizations[reg], adaptImage, useBorderRelocator };
    const ours = await evidenceOf(model, lens);
    const difference = Math.abs(ours - (log_evidence ?? Number.NaN));
    expect(difference, `${lens} ${mesh} ${reg} ${solver}`).toBeLessThan(1e-6);
  }
}

for (const reg of ['constant1', 'adapt', 'constantsplit1', 'adaptsplit']) {
  testWithGoldenJson('pyautolens/fits-sma.json', `F and D as they are, our H: ${reg}`, async (golden) => {
    const rows = rowsOf(golden, 'A', (mesh) => mesh === 'delaunay');
    const row = rows.find((each) => each.reg === reg && each.solver === 'posneg');
    const fields = await goldenArchive('pyautolens/fits-sma.npz');
    const named = (name: string) => requireField(fields, `A.delaunay.${name}`, 'real');
    const prior = priorOf(regularizations[reg], {
      triangulated: true,
      adaptImage: requireField(fields, 'adapt_data', 'real').data,
      mapper: {
        pixels: 528,
        vertices: named('mesh_grid'),
        neighbors: requireField(fields, 'A.delaunay.neighbors', 'index'),
        neighborsSizes: requireField(fields, 'A.delaunay.neighbors_sizes', 'index'),
        pixIndexesForSubSlimIndex: requireField(fields, 'A.delaunay.mappings', 'index'),
        pixWeightsForSubSlimIndex: named('weights'),
      },
    });
    const form = 'graph' in prior ? regularizationOfGraph(prior.graph) : regularizationOfMatrix(528, prior.matrix);
    const logDet = (factored: { readonly factorDiagonal: Float64Array }) =>
      2 * factored.factorDiagonal.reduce((sum, pivot) => sum + Math.log(pivot), 0);
    const ofH = logDet(factorEvidence(new Float64Array(528 ** 2), form));
    if ('matrix' in prior) expect(Math.abs(prior.logDet - ofH)).toBeLessThan(1e-9);
    made ??= sma();
    const { chiSquared0, noiseNormalization } = (await made).sums;
    const data = { dataVector: named('D').data, logDetRegularizationMatrix: ofH, chiSquared0, noiseNormalization };
    const { logEvidence } = evidenceTerms(data, factorEvidence(named('F').data, form));
    expect(Math.abs(logEvidence - (row?.log_evidence ?? Number.NaN))).toBeLessThan(1e-6);
  });
}

// What PyAutoLens' workspace does for interferometers: a Hilbert mesh with a circle of points behind it, traced and drawn
// back to the border; with sources that may be negative.
testWithGoldenJson('pyautolens/linear.json', 'the pipeline of the workspace', async (golden) => {
  const meshes = await goldenArchive('pyautolens/meshes.npz');
  const points = requireField(meshes, 'sma.hilbert_300_p3.5_f0.01_circle30', 'real');
  const adaptImage = requireField(meshes, 'sma.adapt_data', 'real');
  const mesh: Mesh = { type: 'points', points, zeroedPixels: 30, interpolation: 'barycentric' };
  const rows: readonly { readonly key: string; readonly log_evidence: number }[] = Array.isArray(golden) ? golden : [];
  for (const [reg, regularization] of [
    ['adaptsplit', { type: 'adaptSplit', ...adapted }],
    ['constant0.05', { type: 'constant', coefficient: 0.05 }],
    ['matern', { type: 'maternKernel', coefficient: 0.001, scale: 0.2, nu: 0.5 }],
  ] as const) {
    const row = rows.find(({ key }) => key === `sma.workspace_delaunay.${reg}.posneg`);
    const ours = await evidenceOf({ mesh, regularization, adaptImage, useBorderRelocator: true }, 'A');
    expect(Math.abs(ours - (row?.log_evidence ?? Number.NaN)), reg).toBeLessThan(1e-6);
  }
});
