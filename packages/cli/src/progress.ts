import type { GenericFormatter } from 'cli-progress';
import type { Io } from './io.js';
import { harmless } from './text/harmless.js';

/** Shows on the terminal what is being done; shows nothing where stderr is no terminal. */
export interface Progress {
  /** Names the step that begins. The function returned is told how much of it is done. */
  step(label: string): (done: number, total: number) => void;
  /** Clears the line. */
  stop(): void;
}

export async function createProgress(io: Io): Promise<Progress> {
  if (io.stderr.isTTY !== true) return { step: () => () => {}, stop: () => {} };
  const { default: cliProgress } = await import('cli-progress');
  const width = (io.stderr.columns ?? 80) - 1;
  /** Steps that do not report how far they are show their name only. */
  const format: GenericFormatter = (options, { progress, value, startTime }, { label }: { readonly label: string }) => {
    const percent = Math.round(100 * progress);
    if (percent === 0) return `${label.slice(0, width - 4)} ...`;
    const seconds = (Date.now() - startTime) / 1000;
    const bar = ` ${cliProgress.Format.BarFormat(progress, options)} ${percent}%${pace(progress, value, seconds)}`;
    return `${label.slice(0, width - bar.length)}${bar}`;
  };
  const bar = new cliProgress.SingleBar(
    {
      stream: io.stderr,
      format,
      barsize: 20,
      clearOnComplete: true,
      // Kernels are synchronous: no timer fires while one runs, so updates must draw by themselves,
      synchronousUpdate: true,
      // a handler would keep Ctrl-C from ending the process, and nothing of the terminal may stay changed then.
      gracefulExit: false,
      hideCursor: false,
      linewrap: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let running = false;
  const stop = () => {
    if (running) bar.stop();
    running = false;
  };
  return {
    step(label) {
      stop();
      bar.start(1, 0, { label: harmless(label) });
      running = true;
      return (done, total) => {
        bar.setTotal(Math.max(1, total));
        bar.update(total === 0 ? 1 : done);
      };
    },
    stop,
  };
}

/** How fast it goes and how long it will still take, once it has taken long enough to tell. */
function pace(progress: number, done: number, seconds: number): string {
  if (seconds < 1) return '';
  const rate = (done / seconds).toPrecision(3);
  const left = Math.ceil(seconds * (1 / progress - 1));
  return `, ${Number(rate)}/s, ${left} s left`;
}
