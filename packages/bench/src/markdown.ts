import { type Group, groupsOf, growthsOf } from './groups.js';
import type { BackendFacts, Machine, Results, Row } from './results.js';
import { medianOf, summaryOf } from './statistics.js';
import { exponentText, number, table } from './text.js';

/** The results as people read them: a table for each group, as pytest-benchmark has it, and how cost grows. */
export function markdownOf(results: Results): string {
  const { date, machine, backends } = results;
  const growths = growthsOf(results);
  return [
    '# Benchmarks',
    `${date.slice(0, 10)}, ${machineText(machine)}`,
    table(['backend', 'precision', 'what', 'peak memory'], backends.map(backendCells)),
    'Times in milliseconds, after a warm-up; `first` is the very first call, `bound` are calls whose arguments were bound before, all but the mapping, `unchecked` such as check no values. GFLOP/s and GB/s are what the methods say that they need, over the median; `error` is that of the result, as a part of what is allowed.',
    ...groupsOf(results).flatMap((group) => groupText(group)),
    ...(growths.length === 0
      ? []
      : [
          '## How cost grows',
          'Exponents of log-log fits, with their standard deviations.',
          table(
            ['kernel', 'backend', 'method', 'against', 'milliseconds', 'exponent'],
            growths.map(({ kernel, backend, method, symbol, points, exponent }) => [
              kernel,
              backend,
              method,
              symbol,
              points.map(([size, ms]) => `${size}: ${number(ms)}`).join(', '),
              exponentText(exponent),
            ]),
          ),
        ]),
    ...memoryText(results.memory),
    '',
  ].join('\n\n');
}

function memoryText(memory: Results['memory']): readonly string[] {
  if (memory.length === 0) return [];
  return [
    '## Memory against visibilities',
    'The most resident memory of a process that sums visibilities chunk by chunk, Node itself included.',
    table(
      ['backend', 'visibilities', 'MB'],
      memory.map(({ backend, visibilities, peakBytes }) => [
        backend,
        number(visibilities),
        (peakBytes / 1e6).toFixed(0),
      ]),
    ),
  ];
}

/** The machine and its ceilings in a sentence. */
export function machineText({ cpu, cores, platform, node, load, ceilings }: Machine): string {
  const [flops, bytes] = [ceilings.flopsPerSecond / 1e9, ceilings.bytesPerSecond / 1e9];
  return `${cpu}, ${cores} cores, ${platform}, Node ${node}, load ${load.toFixed(2)} before the run. One thread of plain JavaScript reaches ${number(flops)} GFLOP/s and ${number(bytes)} GB/s.`;
}

function backendCells(facts: BackendFacts): readonly string[] {
  if ('absent' in facts) return [facts.id, '-', `absent: ${facts.absent}`, '-'];
  return [facts.id, facts.precision, facts.summary, `${(facts.peakBytes / 1e6).toFixed(0)} MB`];
}

function groupText({ name, rows }: Group): readonly string[] {
  const best = medianOf(rows[0].samples);
  return [
    `## ${name}`,
    table(
      [
        ...['backend: method', 'median', 'ratio', 'mean', 'stddev', 'min', 'rounds', 'first'],
        ...['bound', 'unchecked', 'GFLOP/s', 'GB/s', 'error'],
      ],
      rows.map((row) => {
        const { median, mean, stddev, min, rounds } = summaryOf(row.samples);
        const rate = (amount: number | undefined) => (amount === undefined ? '-' : number(amount / median / 1e6));
        return [
          `${row.backend}: ${row.method}`,
          ...[median, median / best, mean, stddev, min].map(number),
          String(rounds),
          number(row.first),
          ...[row.bound, row.unchecked].map((samples) => (samples === undefined ? '-' : number(medianOf(samples)))),
          rate(row.cost?.flops),
          rate(row.cost?.bytes),
          errorText(row),
        ];
      }),
    ),
  ];
}

function errorText({ agreement }: Row): string {
  if (agreement === undefined) return 'not judged';
  return agreement.error === 0 ? 'none' : number(agreement.error / agreement.allowed);
}
