// How rough an evidence is in the Einstein radius, and how high it is at the truth.
import { parseMesh, type Regularization } from '../../packages/lens/dist/index.js';
import { type Observed, widened } from './lenses.ts';

const pairs = {
  'barycentric, constant': ['overlay:30x30:barycentric', 'constant'],
  'natural, gradient': ['overlay:30x30:natural', 'gradient'],
} as const;

export type Pair = keyof typeof pairs;

const coefficients = [0.3, 1, 3, 10, 30];

export interface Roughness {
  /** Of the coefficients tried the one of the largest evidence at the truth, and that evidence. */
  readonly coefficient: number;
  readonly atTruth: number;
  /** Root mean square and largest deviation from the parabola through 21 points, 1e-4 arcsec apart. */
  readonly rms: number;
  readonly largest: number;
  /** Evidences at these 21 points. */
  readonly scan: readonly number[];
}

export async function roughnessOf({ lens, inversion }: Observed, pair: Pair): Promise<Roughness> {
  const [mesh, type] = pairs[pair];
  const evidence = async (by: number, coefficient: number) => {
    const regularization: Regularization = { type, coefficient };
    return (await inversion.evidence({ lens: widened(lens, by), mesh: parseMesh(mesh), regularization })).logEvidence;
  };
  let [coefficient, atTruth] = [0, Number.NEGATIVE_INFINITY];
  for (const tried of coefficients) {
    const found = await evidence(0, tried);
    if (found > atTruth) [coefficient, atTruth] = [tried, found];
  }
  const scan: number[] = [];
  for (let i = -10; i <= 10; i++) scan.push(await evidence(1e-4 * i, coefficient));
  const left = fromParabola(scan);
  const rms = Math.sqrt(left.reduce((sum, value) => sum + value * value, 0) / left.length);
  return { coefficient, atTruth, rms, largest: Math.max(...left.map(Math.abs)), scan };
}

/** What least squares with a parabola leave of values at equal steps. */
function fromParabola(values: readonly number[]): number[] {
  const half = (values.length - 1) / 2;
  const basis: number[][] = [];
  for (let power = 0; power < 3; power++) {
    let column = values.map((_, i) => ((i - half) / half) ** power);
    for (const earlier of basis) column = without(column, earlier);
    basis.push(column);
  }
  return basis.reduce((left: number[], column) => without(left, column), [...values]);
}

function without(values: readonly number[], column: readonly number[]): number[] {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const share = dot(values, column) / dot(column, column);
  return values.map((value, i) => value - share * column[i]);
}

/**
 * The largest of 1000 steps of 1e-6 arcsec less the mean of its neighbours, halved until what remains is a jump or
 * nothing: the change of the evidence over the last 1e-13 arcsec.
 */
export async function largestJump({ lens, inversion }: Observed, pair: Pair, coefficient: number): Promise<number> {
  const [mesh, type] = pairs[pair];
  const at = async (by: number) =>
    (
      await inversion.evidence({
        lens: widened(lens, by),
        mesh: parseMesh(mesh),
        regularization: { type, coefficient },
      })
    ).logEvidence;
  const values: number[] = [];
  for (let i = 0; i <= 1000; i++) values.push(await at(1e-6 * i));
  const changes = values.slice(1).map((value, i) => value - values[i]);
  const surprise = changes.map((change, i) =>
    Math.abs(change - ((changes[i - 1] ?? change) + (changes[i + 1] ?? change)) / 2),
  );
  const worst = surprise.indexOf(Math.max(...surprise));
  let [below, above] = [1e-6 * worst, 1e-6 * (worst + 1)];
  let [valueBelow, valueAbove] = [values[worst], values[worst + 1]];
  while (above - below > 1e-13) {
    const middle = (below + above) / 2;
    const value = await at(middle);
    if (Math.abs(value - valueBelow) > Math.abs(value - valueAbove)) [above, valueAbove] = [middle, value];
    else [below, valueBelow] = [middle, value];
  }
  return Math.abs(valueAbove - valueBelow);
}
