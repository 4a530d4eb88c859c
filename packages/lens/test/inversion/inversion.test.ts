import { createLoopsBackend } from '@wtilde/backend-loops';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { complex, real, type VisibilityChunk } from '@wtilde/core-types';
import { readNpz, writeNpz } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createInversion,
  type Dataset,
  type Inversion,
  inversionFrom,
  type MassProfile,
  preparedFields,
  preparedFrom,
} from '../../src/index.js';
import { largestDifference } from '../largestDifference.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { how, type Observed, observe, truth } from './scene.js';

const backends = [createLoopsBackend()];
let observed: Observed;
let inversion: Inversion;

beforeAll(async () => {
  observed = await observe();
  inversion = await createInversion(observed.visibilities, { mask: observed.mask, backends });
});

const [isothermal] = truth.mass;

async function evidenceWith(changes: Partial<MassProfile>): Promise<number> {
  const lens = { mass: [Object.assign({}, isothermal, changes)] };
  return (await inversion.evidence({ lens, ...how })).logEvidence;
}

describe('the evidence peaks at the truth', () => {
  test.each([
    ['Einstein radius', (at: number) => ({ einsteinRadius: 1.4 + at }), 0.06],
    ['axis ratio', (at: number) => ({ axisRatio: 0.75 + at }), 0.1],
    ['angle', (at: number) => ({ angle: 30 + at }), 12],
    ['centre, y', (at: number) => ({ centre: [0.03 + at, -0.05] as const }), 0.08],
    ['centre, x', (at: number) => ({ centre: [0.03, -0.05 + at] as const }), 0.08],
  ])('%s', async (_name, changesAt, step) => {
    const values: number[] = [];
    for (const at of [-2, -1, 0, 1, 2]) values.push(await evidenceWith(changesAt(at * step)));
    expect(values.indexOf(Math.max(...values))).toBe(2);
    expect(values[1]).toBeGreaterThan(values[0]);
    expect(values[3]).toBeGreaterThan(values[4]);
  });
});

describe('what comes with an evidence', () => {
  test('the log evidence is the sum of its terms', async () => {
    const { logEvidence, terms } = await inversion.evidence({ lens: truth, ...how });
    const sum =
      terms.chiSquared +
      terms.regularizationTerm +
      terms.logDetCurvatureRegMatrix -
      terms.logDetRegularizationMatrix +
      terms.noiseNormalization;
    expect(logEvidence).toBeCloseTo(-sum / 2, 6);
  });

  test('chi-squared is that of the residuals of the model visibilities', async () => {
    const { data, noiseMap, uvWavelengths } = observed.visibilities;
    const evidence = await inversion.evidence({ lens: truth, ...how });
    const model = await evidence.mappedReconstructedVisibilities(uvWavelengths);
    const chiSquared = data.data.reduce(
      (sum, value, lane) => sum + ((value - model.data[lane]) / noiseMap.data[lane]) ** 2,
      0,
    );
    expect(chiSquared / evidence.terms.chiSquared).toBeCloseTo(1, 9);
    // Two numbers a visibility; the source takes some of the freedom.
    expect(chiSquared).toBeGreaterThan(0.6 * data.data.length);
    expect(chiSquared).toBeLessThan(1.1 * data.data.length);
  });

  test('the noise map of the reconstruction is the root of the diagonal of the inverse', async () => {
    const own = await createInversion(observed.visibilities, { mask: observed.mask, backends });
    const few = await own.evidence({
      lens: truth,
      mesh: { type: 'rectangular', shape: [3, 4] },
      regularization: { type: 'constant', coefficient: 3 },
    });
    const noise = few.reconstructionNoiseMap();
    const { kernels } = createReferenceBackend();
    const { mapper } = few;
    const { wCompact, nativeIndexForSlimIndex } = own.sums;
    const F = kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom({
      wCompact,
      nativeIndexForSlimIndex,
      ...mappingOf(mapper),
    });
    const H = kernels.constantRegularizationMatrixFrom({ coefficient: 3, ...neighborsOf(mapper) });
    const curvatureRegMatrix = real(
      F.data.map((value, at) => value + H.data[at]),
      F.shape,
    );
    for (let pixel = 0; pixel < 12; pixel++) {
      const unit = real(Float64Array.from({ length: 12 }, (_, at) => (at === pixel ? 1 : 0)));
      const column = kernels.reconstructionPositiveNegativeFrom({ dataVector: unit, curvatureRegMatrix });
      expect(noise.data[pixel] / Math.sqrt(column.data[pixel])).toBeCloseTo(1, 9);
    }
    expect(few.reconstructionNoiseMap()).toBe(noise);
    own.dispose();
  });

  test('the mapped image is the reconstruction through the mapping', async () => {
    const { mapper, reconstruction, mappedReconstructedImage } = await inversion.evidence({ lens: truth, ...how });
    const { kernels } = createReferenceBackend();
    const T = kernels.mappingMatrixFrom(mappingOf(mapper));
    const expected = real(
      Float64Array.from({ length: T.shape[0] }, (_, row) =>
        reconstruction.data.reduce((sum, value, column) => sum + value * T.data[row * T.shape[1] + column], 0),
      ),
    );
    expect(largestDifference(mappedReconstructedImage(), expected)).toBeLessThan(1e-12);
  });

  test('how long each part took, and what ran it', async () => {
    const { ms, ran } = await inversion.evidence({ lens: truth, ...how });
    for (const part of Object.values(ms)) expect(part).toBeGreaterThanOrEqual(0);
    expect(Object.keys(ms)).toEqual(['rayTrace', 'mapper', 'regularization', 'evidence']);
    expect(ran.map(({ kernel }) => kernel)).toEqual(['evidenceViaWCompactFrom']);
    for (const event of ran)
      expect(event).toMatchObject({ type: 'chosen', backend: 'loops', method: expect.any(String) });
  });
});

function mappingOf({
  pixels,
  pixIndexesForSubSlimIndex,
  pixWeightsForSubSlimIndex,
}: Awaited<ReturnType<Inversion['evidence']>>['mapper']) {
  return { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
}

function neighborsOf({ neighbors, neighborsSizes }: Awaited<ReturnType<Inversion['evidence']>>['mapper']) {
  return { neighbors, neighborsSizes };
}

function* pieces({ data, noiseMap, uvWavelengths }: VisibilityChunk, size: number): Generator<VisibilityChunk> {
  for (let first = 0; first < data.shape[0]; first += size) {
    const lanes = [2 * first, Math.min(2 * (first + size), data.data.length)] as const;
    const uv = uvWavelengths.data.slice(...lanes);
    yield {
      data: complex(data.data.slice(...lanes)),
      noiseMap: complex(noiseMap.data.slice(...lanes)),
      uvWavelengths: real(uv, [uv.length / 2, 2]),
    };
  }
}

describe('datasets', () => {
  test.each(['loops', 'dispatched'])(
    'piece by piece gives what all at once gives, by the accumulator: %s',
    async (way) => {
      const { createAccumulator: _, ...plain } = createLoopsBackend();
      const seen: number[] = [];
      const pieced = await createInversion(
        { chunks: pieces(observed.visibilities, 170) },
        {
          mask: observed.mask,
          backends: way === 'loops' ? backends : [plain],
          onProgress: (visibilities) => seen.push(visibilities),
        },
      );
      expect(seen).toEqual([170, 340, 510, 600]);
      const [a, b] = [pieced.sums, inversion.sums];
      const weight = 600 / 0.3 ** 2;
      expect(largestDifference(a.wCompact, b.wCompact)).toBeLessThan(1e-12 * weight);
      expect(largestDifference(a.dirtyImage, b.dirtyImage)).toBeLessThan(1e-10 * weight);
      expect(a.chiSquared0 / b.chiSquared0).toBeCloseTo(1, 12);
      expect(a.noiseNormalization).toBeCloseTo(b.noiseNormalization, 9);
      expect(a.visibilityCount).toBe(600);
    },
  );

  test('a prepared dataset survives a file', async () => {
    const again = inversionFrom(preparedFrom(readNpz(writeNpz(preparedFields(inversion)))), { backends });
    const model = { lens: truth, ...how };
    expect((await again.evidence(model)).logEvidence).toBe((await inversion.evidence(model)).logEvidence);
  });

  test('a flagged visibility has no weight', async () => {
    const { data, noiseMap, uvWavelengths } = observed.visibilities;
    const noise = noiseMap.data.slice();
    noise.fill(Number.POSITIVE_INFINITY, 200, 240);
    const flagged = { data, noiseMap: complex(noise), uvWavelengths };
    const { sums } = await createInversion(flagged, { mask: observed.mask, backends });
    expect(sums).toMatchObject({ flaggedCount: 20, visibilityCount: 580 });
  });

  test('an aborted pass stops at the next piece', async () => {
    const controller = new AbortController();
    const failing = createInversion(
      { chunks: pieces(observed.visibilities, 100) },
      { mask: observed.mask, backends, signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(failing).rejects.toMatchObject({ code: 'Aborted' });
  });

  const changed = (name: keyof VisibilityChunk, lane: number, value: number): Dataset => {
    const array = observed.visibilities[name];
    const values = array.data.slice();
    values[lane] = value;
    return { ...observed.visibilities, [name]: { ...array, data: values } };
  };

  test.each([
    ['unequal noise', () => changed('noiseMap', 31, 0.31), 'UnequalNoise', /visibility 15 /],
    ['zero noise', () => changed('noiseMap', 31, 0), 'InvalidValue', /noiseMap, visibility 15 /],
    ['no noise', () => changed('noiseMap', 31, Number.NaN), 'InvalidValue', /noiseMap, visibility 15 /],
    ['no datum', () => changed('data', 1199, Number.NaN), 'InvalidValue', /data, visibility 599 /],
    [
      'no baseline',
      () => changed('uvWavelengths', 0, Number.NEGATIVE_INFINITY),
      'InvalidValue',
      /uvWavelengths, visibility 0 /,
    ],
    [
      'a piece of another length',
      () => ({ ...observed.visibilities, data: complex([1, 2]) }),
      'ShapeMismatch',
      /noiseMap \[1\]/,
    ],
  ])('%s', async (_name, dataset, code, message) => {
    const failing = createInversion(dataset(), { mask: observed.mask, backends });
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  const nothing = { data: complex([]), noiseMap: complex([]), uvWavelengths: real([], [0, 2]) };
  const allFlagged = () => {
    const { data, noiseMap, uvWavelengths } = observed.visibilities;
    return { data, noiseMap: complex(noiseMap.data.map(() => Number.POSITIVE_INFINITY)), uvWavelengths };
  };

  test.each([
    ['no visibilities', () => nothing, 'no visibilities'],
    ['no chunks', () => ({ chunks: [] }), 'no visibilities'],
    ['chunks of none', () => ({ chunks: [nothing, nothing] }), 'no visibilities'],
    ['every visibility flagged', allFlagged, '600 visibilities, all flagged by infinite noise'],
    [
      'every visibility of every chunk flagged',
      () => ({ chunks: [allFlagged(), nothing] }),
      '600 visibilities, all flagged by infinite noise',
    ],
  ])('%s: there is nothing to see', async (_name, dataset, actual) => {
    const { createAccumulator: _, ...plain } = createLoopsBackend();
    for (const each of [backends, [plain]]) {
      const failing = createInversion(dataset(), { mask: observed.mask, backends: each });
      await expect(failing).rejects.toMatchObject({ code: 'InvalidValue', where: 'dataset', actual });
    }
  });

  test('a prepared file of nothing is refused', () => {
    for (const [visibilities, flagged, actual] of [
      [0, 0, 'no visibilities'],
      [0, 7, '7 visibilities, all flagged by infinite noise'],
    ] as const) {
      const fields = {
        ...preparedFields(inversion),
        visibilities: real([visibilities], []),
        flagged: real([flagged], []),
      };
      expect(thrownBy(() => preparedFrom(fields))).toMatchObject({
        code: 'InvalidValue',
        where: 'visibilities',
        actual,
      });
    }
  });

  test('a lens out of domain is refused before anything runs', async () => {
    const lens = { mass: [{ type: 'Isothermal', einsteinRadius: -1 }] } as const;
    await expect(inversion.evidence({ lens, ...how })).rejects.toMatchObject({ code: 'InvalidValue' });
  });
});
