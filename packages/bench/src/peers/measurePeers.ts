import { spawn } from 'node:child_process';
import type { Signal } from '../parent.js';
import type { PeerProblem } from './peerProblem.js';
import { program } from './program.js';

/** Others on this machine, measured in the same run. */
export interface PeerTimes {
  /** What took part, with versions: `numpy 2.4.6`. */
  readonly present: readonly string[];
  /** What did not, and why: `finufft is not installed`. */
  readonly absent: readonly string[];
  readonly times: readonly PeerTime[];
}

export interface PeerTime {
  /** That of the kernel at this size. */
  readonly name: string;
  /** 1, or 0 for as many as the peer takes. */
  readonly threads: number;
  /** Median milliseconds. */
  readonly ms: number;
}

interface Report {
  readonly numpy: string | null;
  readonly finufft: string | null;
  readonly times: readonly { readonly name: string; readonly ms: number }[];
}

export interface PeerOptions {
  /** Milliseconds that each problem is repeated for. */
  readonly budgetMs: number;
  /** The interpreter and what comes before the program. Default: `python3 -c`. */
  readonly python?: readonly string[] | undefined;
  readonly signal?: Signal;
}

const interpreter = [process.platform === 'win32' ? 'python' : 'python3', '-c'];

/** Variables that the libraries below NumPy and FINUFFT read. */
const threadVariables = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'];

/** NumPy and FINUFFT, where Python has them, on one thread and on as many as they take. */
export async function measurePeers(problems: readonly PeerProblem[], options: PeerOptions): Promise<PeerTimes> {
  const times: PeerTime[] = [];
  let facts: Pick<PeerTimes, 'present' | 'absent'> = { present: [], absent: [] };
  for (const threads of [1, 0]) {
    const report = await reportOf(problems, threads, options);
    if (typeof report === 'string') return { present: [], absent: [report], times: [] };
    facts = factsOf(report);
    times.push(...report.times.map((time) => ({ ...time, threads })));
  }
  return { ...facts, times };
}

function factsOf(report: Report): Pick<PeerTimes, 'present' | 'absent'> {
  const both = [
    ['numpy', report.numpy],
    ['finufft', report.finufft],
  ] as const;
  return {
    present: both.flatMap(([name, version]) => (version === null ? [] : [`${name} ${version}`])),
    absent: both.flatMap(([name, version]) => (version === null ? [`${name} is not installed`] : [])),
  };
}

/** What Python says, or why it says nothing. */
function reportOf(
  problems: readonly PeerProblem[],
  threads: number,
  { budgetMs, python = interpreter, signal }: PeerOptions,
): Promise<Report | string> {
  const [command, ...before] = python;
  const limited = threads === 0 ? {} : Object.fromEntries(threadVariables.map((name) => [name, String(threads)]));
  return new Promise((resolve) => {
    const child = spawn(command, [...before, program], { env: { ...process.env, ...limited } });
    let [said, complained] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complained += text;
    });
    signal?.addEventListener?.('abort', () => child.kill());
    child.once('error', ({ message }) => resolve(`${command} is not installed: ${message}`));
    child.once('close', (code) => {
      if (code === 0) resolve(parsed(said) ?? `${command} answers something else: ${said.slice(0, 80)}`);
      else resolve(`${command} ends with ${code}: ${complained.trim().split('\n').at(-1) ?? ''}`);
    });
    // Who has ended reads nothing: its exit tells why.
    child.stdin.once('error', () => {});
    child.stdin.end(JSON.stringify({ problems, budgetMs }));
  });
}

function parsed(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
