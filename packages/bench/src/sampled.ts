import { Bench } from 'tinybench';

/** More would not make medians any better. */
const mostSamples = 25;

/** Milliseconds of calls after a warm-up, `time` milliseconds of them or four. */
export async function sampled(name: string, call: () => unknown, time: number): Promise<readonly number[]> {
  const bench = new Bench({
    time,
    iterations: 4,
    warmupTime: time / 4,
    warmupIterations: 1,
    retainSamples: true,
    throws: true,
  });
  bench.add(name, call);
  const [{ result }] = await bench.run();
  return thinned(result.state === 'completed' ? (result.latency.samples ?? []) : []);
}

/** As many of the samples as are kept, evenly. */
function thinned(samples: readonly number[]): readonly number[] {
  const step = Math.max(samples.length / mostSamples, 1);
  return Array.from({ length: Math.min(samples.length, mostSamples) }, (_, i) => samples[Math.floor(i * step)]).map(
    (ms) => Number(ms.toPrecision(4)),
  );
}
