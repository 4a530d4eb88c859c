// What a sampler itself costs: `npm run -s build`, then `node --expose-gc packages/fit/scripts/overhead.ts [evaluations]`.
// Processor time and memory for each evaluation of a normal distribution of eight parameters, which costs next to nothing.
import {
  objectiveOf,
  optimise,
  type Posterior,
  sampleImportance,
  sampleNested,
  sampleNuts,
  uniform,
} from '../dist/index.js';

const evaluations = Number(process.argv[2] ?? 100_000);
const objective = objectiveOf(
  Array.from({ length: 8 }, (_, at) => ({ path: `x${at}`, prior: uniform(-20, 20) })),
  (x) => ({ value: -x.reduce((sum, each) => sum + each * each, 0) / 2, gradient: x.map((each) => -each) }),
  true,
);

async function measured(name: string, sample: () => Promise<Posterior>): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const used = process.cpuUsage();
  const found = await sample();
  const { user, system } = process.cpuUsage(used);
  globalThis.gc?.();
  const bytes = (process.memoryUsage().heapUsed - before) / found.evaluations;
  const each = (user + system) / 1000 / found.evaluations;
  console.log(`| ${[name, found.evaluations, each.toFixed(3), Math.round(bytes)].join(' | ')} |`);
}

console.log('| sampler | evaluations | ms for each | bytes that stay, for each |');
console.log('|---|---|---|---|');
const fit = await optimise(objective, { starts: 1 });
// A trajectory of this problem is some seven evaluations long.
await measured('NUTS', () => sampleNuts(objective, fit, { chains: 4, samples: Math.ceil(evaluations / 28) }));
await measured('importance', () =>
  sampleImportance(objective, fit, { effectiveSamples: 0.8 * evaluations, sigma: 1, mostEvaluations: evaluations }),
);
await measured('nested', () =>
  sampleNested(objective, { mostEvaluations: evaluations, effectiveSamples: 10 * evaluations, sigma: 1e-6 }),
);
