import { allKernels, clearance, groups } from '@wtilde/core-types';
import { tableOf, tableRows } from './markdown.js';
import type { Measurement } from './report.js';

/** The smallest power of ten that is told apart: what is closer differs between processors. */
const finest = -4;

const header = ['kernel', 'class', 'backend', 'method', 'error / allowed', 'worst on'];

/** How close every backend comes with every kernel, as a Markdown table: the worst over all methods and datasets. */
export function accuracySummary(measurements: readonly Measurement[]): string {
  const worst = worstOfEach(measurements);
  const backends = [...new Set(worst.map(({ backend }) => backend))].sort();
  const rows = [...new Set(worst.map(({ kernel }) => kernel))].map((kernel) => [
    `\`${kernel}\``,
    classOf(kernel),
    ...backends.map((backend) => {
      const own = worst.filter((each) => each.kernel === kernel && each.backend === backend);
      const [first] = own.toSorted((a, b) => clearance(b) - clearance(a));
      return first === undefined ? '' : ratioOf(first);
    }),
  ]);
  return tableOf(['kernel', 'class', ...backends], rows);
}

/** How close every method of every backend comes, as a Markdown table: the worst over all datasets. */
export function accuracyTable(measurements: readonly Measurement[]): string {
  const rows = worstOfEach(measurements).map((worst) => {
    const { kernel, backend, method, dataset } = worst;
    const where = orderOf(worst) === finest ? '' : dataset;
    return [`\`${kernel}\``, classOf(kernel), backend, method, ratioOf(worst), where];
  });
  return tableOf(header, rows);
}

function ratioOf(measurement: Measurement): string {
  return measurement.allowed === 0 ? 'exact' : `< 1e${orderOf(measurement)}`;
}

/** Beyond the recorded power of ten by more than this is worse: processors round differently. */
const slack = 2;

/**
 * What a recorded accuracy table lacks or has too much compared with new measurements, and where these are worse than
 * the recorded power of ten. Empty where the record is good; better is good.
 */
export function accuracyDifferences(recorded: string, measurements: readonly Measurement[]): readonly string[] {
  const before = new Map(
    tableRows(recorded, header).map(([kernel, , backend, method, ratio]) => [`${kernel} ${backend} ${method}`, ratio]),
  );
  const now = new Map(
    worstOfEach(measurements).map((worst) => [`\`${worst.kernel}\` ${worst.backend} ${worst.method}`, worst]),
  );
  const missing = [...now.keys()].filter((key) => !before.has(key)).map((key) => `${key} is not recorded`);
  const gone = [...before.keys()].filter((key) => !now.has(key)).map((key) => `${key} is recorded and not measured`);
  const worse = [...now].flatMap(([key, worst]) => {
    const ratio = before.get(key);
    if (ratio === undefined) return [];
    const recordedOrder = Number(/1e(-?\d+)/.exec(ratio)?.[1] ?? finest);
    const isWorse = clearance(worst) > slack * 10 ** recordedOrder;
    return isWorse ? [`${key} was ${ratio} and is ${clearance(worst).toExponential(1)}`] : [];
  });
  return [...missing, ...gone, ...worse];
}

function worstOfEach(measurements: readonly Measurement[]): readonly Measurement[] {
  const worst = new Map<string, Measurement>();
  for (const next of measurements) {
    const key = [next.kernel, next.backend, next.method].join();
    const known = worst.get(key);
    if (known === undefined || clearance(next) > clearance(known)) worst.set(key, next);
  }
  return [...worst.values()].sort((a, b) => rank(a) - rank(b) || text(a).localeCompare(text(b)));
}

/** The power of ten that error / allowed stays below. */
function orderOf(measurement: Measurement): number {
  const ratio = clearance(measurement);
  return ratio === 0 ? finest : Math.max(finest, Math.floor(Math.log10(ratio)) + 1);
}

/** The numeric class of the result of a kernel, or of the kernel that judges a group; records have several. */
function classOf(name: string): string {
  const judge = groups.find((group) => group.name === name)?.judge ?? name;
  const returns = allKernels().find((kernel) => kernel.name === judge)?.returns;
  return returns === undefined || returns.kind === 'record' ? 'several' : returns.numericClass;
}

/** Kernels in the order of the catalogue, then the groups. */
function rank({ kernel }: Measurement): number {
  const number = allKernels().find(({ name }) => name === kernel)?.number;
  return number ?? 1000 + groups.findIndex(({ name }) => name === kernel);
}

function text({ backend, method }: Measurement): string {
  return `${backend} ${method}`;
}
