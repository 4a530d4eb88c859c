import { number, table } from '@wtilde/bench';
import type { GpuCeilings } from './ceilings.ts';
import type { OpenGpu } from './openGpu.ts';

/** One measurement. */
export interface GpuRow {
  /** Of the sizes: A to D. */
  readonly size: string;
  readonly what: string;
  readonly method: string;
  readonly sizes: Readonly<Record<string, number>>;
  /** Median milliseconds by the clock on the wall, arguments bound, and how many calls that is of. */
  readonly wall: number;
  readonly calls: number;
  /** Median milliseconds that the passes of a call took on the GPU; absent without timestamps. */
  readonly gpu?: number;
  /** Milliseconds of a call by program, the most first. */
  readonly passes: readonly { readonly program: string; readonly ms: number }[];
  /** Operations of a call by the cost of its method; 0 where nobody counts them. */
  readonly flops: number;
  readonly bytes: number;
  /** Relative in the l2 norm, against float64; absent where that would take too long. */
  readonly error?: number;
}

export interface GpuReport {
  readonly schema: 1;
  readonly date: string;
  readonly adapter: OpenGpu['adapter'];
  readonly platform: string;
  readonly node: string;
  readonly timestamps: boolean;
  readonly ceilings: GpuCeilings;
  /** The generated suite on this device. */
  readonly suite?: {
    readonly passed: number;
    readonly skipped: number;
    readonly failures: readonly string[];
    readonly seconds: number;
  };
  readonly rows: readonly GpuRow[];
  /** What was not measured, and why. */
  readonly skipped: readonly { readonly size: string; readonly what: string; readonly why: string }[];
}

/** A name for files: letters, digits and hyphens of what the adapter says it is. */
export function adapterName({ description, device, architecture, vendor }: OpenGpu['adapter']): string {
  const name = [description, device, architecture, vendor].find((part) => part !== '') ?? 'unnamed';
  return name
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The report as people read it. */
export function gpuMarkdown(report: GpuReport): string {
  const { adapter, ceilings, suite, rows, skipped, date, timestamps } = report;
  const share = (flops: number, ms: number) =>
    `${((100 * flops) / (ms / 1000) / ceilings.flopsPerSecond).toPrecision(2)} %`;
  const name = [adapter.description, adapter.device, adapter.vendor].filter((part) => part !== '').join(', ');
  return [
    `# ${name}`,
    `Written by \`npm run gpu\` on ${date.slice(0, 10)}, ${report.platform}, Node ${report.node}. Times are medians in milliseconds, arguments bound: \`wall\` with everything that the host does, \`GPU\` ${timestamps ? 'the sum of the passes by timestamp queries' : 'is missing, as this adapter has no timestamp queries'}. Operations are those that the cost of the method counts; the share is of the peak, over ${timestamps ? 'GPU' : 'wall'} time. Errors are relative in the l2 norm against float64.`,
    `Peak: ${number(ceilings.flopsPerSecond / 1e9)} GFLOP/s of fused multiply-adds in registers, ${number(ceilings.bytesPerSecond / 1e9)} GB/s of a copy, both measured.`,
    ...(suite === undefined
      ? []
      : [
          `The generated suite: ${suite.passed} tests passed, ${suite.failures.length} failed, ${suite.skipped} skipped, in ${number(suite.seconds)} s.`,
          ...suite.failures.map((failure) => `- failed: ${failure}`),
        ]),
    ...[...new Set(rows.map(({ size }) => size))].flatMap((size) => {
      const of = rows.filter((row) => row.size === size);
      const [{ sizes }] = of;
      return [
        `## Size ${size}: ${Object.entries(sizes)
          .map(([symbol, value]) => `${symbol} = ${value}`)
          .join(', ')}`,
        table(
          ['what', 'method', 'wall', 'GPU', 'calls', 'GFLOP', 'of the peak', 'error', 'where the time is'],
          of.map((row) => [
            row.what,
            row.method,
            number(row.wall),
            row.gpu === undefined ? '-' : number(row.gpu),
            `${row.calls}`,
            row.flops === 0 ? '-' : number(row.flops / 1e9),
            row.flops === 0 ? '-' : share(row.flops, row.gpu ?? row.wall),
            row.error === undefined ? '-' : row.error.toExponential(1),
            row.passes
              .slice(0, 3)
              .map(({ program, ms }) => `${program} ${number(ms)}`)
              .join(', ') || '-',
          ]),
        ),
      ];
    }),
    ...(skipped.length === 0
      ? []
      : [
          '## Not measured',
          table(
            ['size', 'what', 'why'],
            skipped.map(({ size, what, why }) => [size, what, why]),
          ),
        ]),
  ].join('\n\n');
}
