/** What `--repeat` reports. */
export interface Timing {
  readonly medianMs: number;
  readonly minMs: number;
}

/** Warming up ends after this time or this many calls: by then the code has been compiled. */
const warmUp = { ms: 200, calls: 50 };

/**
 * Times a call `repeat` times once it is warm. `spentMs` is what calls before this one took; `onCall` is told after each
 * timed call.
 */
export async function timeCalls(
  call: () => unknown,
  repeat: number,
  spentMs: number,
  onCall: (done: number, total: number) => void,
): Promise<Timing> {
  const timed = async (): Promise<number> => {
    const started = performance.now();
    await call();
    return performance.now() - started;
  };
  for (let spent = spentMs, calls = 0; spent < warmUp.ms && calls < warmUp.calls; calls++) spent += await timed();

  const times: number[] = [];
  while (times.length < repeat) {
    times.push(await timed());
    onCall(times.length, repeat);
  }
  times.sort((a, b) => a - b);
  const half = Math.floor(repeat / 2);
  return { medianMs: repeat % 2 === 1 ? times[half] : (times[half - 1] + times[half]) / 2, minMs: times[0] };
}
