// Nested sampling against evidences that are known: `npm run -s build`, then `node packages/fit/scripts/oracles.ts [seeds]
// [name,...|all] [first seed]`. Prints the rows of the table in docs/fit.md.
import { objectiveOf, sampleNested, uniform } from '@wtilde/fit';

const box = (order: number, low: number, high: number) =>
  Array.from({ length: order }, (_, at) => ({ path: `x${at}`, prior: uniform(low, high) }));

const logTwoPi = Math.log(2 * Math.PI);
const logAdd = (a: number, b: number) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

/** A shell of radius 2 and width 0.1 about (at, 0, 0, ...). */
function shell(x: Float64Array, at: number): number {
  const squares = x.reduce((sum, each, i) => sum + (i === 0 ? each - at : each) ** 2, 0);
  return -((Math.sqrt(squares) - 2) ** 2) / 0.02 - (logTwoPi + Math.log(0.01)) / 2;
}

const shells = (x: Float64Array) => logAdd(shell(x, -3.5), shell(x, 3.5));
const ball = (r: number) => ((4 / 3) * Math.PI * r ** 3) / 8;

/** Closed forms; for eggbox, Rosenbrock and shells a quadrature. */
const oracles = [
  {
    name: 'normal, correlation 0.95, 3',
    parameters: box(3, -10, 10),
    logLikelihood: ([x, y, z]: Float64Array) => {
      const r = 0.95;
      const chi2 = (x * x + y * y + z * z - (r / (1 + 2 * r)) * (x + y + z) ** 2) / (1 - r);
      return -(chi2 + Math.log((1 - r) ** 2 * (1 + 2 * r)) + 3 * logTwoPi) / 2;
    },
    logZ: -3 * Math.log(20),
  },
  {
    name: 'eggbox, 2',
    parameters: box(2, 0, 10 * Math.PI),
    logLikelihood: ([x, y]: Float64Array) => (2 + Math.cos(x / 2) * Math.cos(y / 2)) ** 5,
    logZ: 235.85594,
  },
  {
    name: '1 / |x|, 1',
    parameters: box(1, -1, 1),
    logLikelihood: ([x]: Float64Array) => -Math.log(Math.max(1e-8, Math.abs(x))),
    logZ: 2.96634,
  },
  {
    name: 'normal, widths 1 to 1e-3, 8',
    parameters: box(8, -1000, 1000),
    logLikelihood: (x: Float64Array) =>
      x.reduce((sum, each, i) => {
        const width = 10 ** ((-3 * i) / 7);
        return sum - ((each / width) ** 2 + logTwoPi) / 2 - Math.log(width);
      }, 0),
    logZ: -8 * Math.log(2000),
  },
  {
    name: 'plateaus, 3',
    parameters: box(3, -1, 1),
    logLikelihood: (x: Float64Array) => {
      const r = Math.hypot(...x);
      return r < 0.1 ? 5 : r < 0.5 ? 2 : Number.NEGATIVE_INFINITY;
    },
    logZ: Math.log(ball(0.1) * Math.exp(5) + (ball(0.5) - ball(0.1)) * Math.exp(2)),
  },
  {
    name: 'Rosenbrock, 2',
    parameters: box(2, -10, 10),
    logLikelihood: ([x, y]: Float64Array) => -((1 - x) ** 2 + 100 * (y - x * x) ** 2) / 2,
    logZ: -6.47162,
  },
  { name: 'shells, 2', parameters: box(2, -6, 6), logLikelihood: shells, logZ: -1.74564 },
  { name: 'shells, 5', parameters: box(5, -6, 6), logLikelihood: shells, logZ: -5.6736 },
  { name: 'shells, 10', parameters: box(10, -6, 6), logLikelihood: shells, logZ: -14.5905 },
];

const seeds = Number(process.argv[2] ?? 20);
const names = process.argv[3] === 'all' ? undefined : process.argv[3]?.split(',');
const first = Number(process.argv[4] ?? 1);
console.log(
  '| problem, parameters | log Z | scatter of the error | error that is told | largest, in sigmas | evaluations |',
);
console.log('|---|---|---|---|---|---|');
for (const { name, parameters, logLikelihood, logZ } of oracles) {
  if (names?.some((each) => name.startsWith(each)) === false) continue;
  const objective = objectiveOf(parameters, (x) => ({ value: logLikelihood(x) }));
  const [errors, sigmas, evaluations]: number[][] = [[], [], []];
  for (let seed = first; seed < first + seeds; seed++) {
    const found = await sampleNested(objective, { seed });
    const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: Number.NaN };
    errors.push(value - logZ);
    sigmas.push(sigma);
    evaluations.push(found.evaluations);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const scatter = Math.sqrt(mean(errors.map((error) => error * error)));
  const largest = Math.max(...errors.map((error, i) => Math.abs(error) / sigmas[i]));
  const cells = [name, logZ.toFixed(4), scatter.toFixed(3), mean(sigmas).toFixed(3), largest.toFixed(1)];
  console.log(`| ${[...cells, Math.round(mean(evaluations))].join(' | ')} |`);
}
