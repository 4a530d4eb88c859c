import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { calibrate } from '@wtilde/testkit';
import type { Machine } from './results.js';
import { medianOf } from './statistics.js';

/** The facts of this machine, and its ceilings measured in about a second. */
export function machineFacts(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    load: loadavg()[0],
    ceilings: { flopsPerSecond: multiplyAdds(), bytesPerSecond: triad() },
    calibration: calibrate(),
  };
}

/** a = b + s c over arrays beyond every cache: 24 bytes an element. */
function triad(): number {
  const length = 2 ** 22;
  const [a, b, c] = [0, 1, 2].map((value) => new Float64Array(length).fill(value));
  const seconds = timed(() => {
    for (let i = 0; i < length; i++) a[i] = b[i] + 0.5 * c[i];
  });
  return (24 * length) / seconds;
}

/** Eight chains of multiplications and additions in registers. */
function multiplyAdds(): number {
  const rounds = 2e6;
  let sink = 0;
  const seconds = timed(() => {
    const [m, n] = [0.999999, 1e-6];
    let [a, b, c, d, e, f, g, h] = [1, 2, 3, 4, 5, 6, 7, 8];
    for (let i = 0; i < rounds; i++) {
      a = a * m + n;
      b = b * m + n;
      c = c * m + n;
      d = d * m + n;
      e = e * m + n;
      f = f * m + n;
      g = g * m + n;
      h = h * m + n;
    }
    sink += a + b + c + d + e + f + g + h;
  });
  return Number.isNaN(sink) ? 0 : (16 * rounds) / seconds;
}

function timed(call: () => void): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    call();
    return (performance.now() - start) / 1000;
  });
  return medianOf(times.slice(2));
}

/** The most memory that this process had resident. At exit the operating system would count its parent's in. */
export function peakBytes(): number {
  const status = '/proc/self/status';
  const kilobytes = existsSync(status) ? /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS);
}
