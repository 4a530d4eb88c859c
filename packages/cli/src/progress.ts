import type { GenericFormatter } from 'cli-progress';
import type { Io } from './io.js';

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
  const format: GenericFormatter = (options, { progress }, { label }: { readonly label: string }) => {
    const percent = Math.round(100 * progress);
    const bar = percent === 0 ? ' ...' : ` ${cliProgress.Format.BarFormat(progress, options)} ${percent}%`;
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
      bar.start(1, 0, { label });
      running = true;
      return (done, total) => bar.update(total === 0 ? 1 : done / total);
    },
    stop,
  };
}
