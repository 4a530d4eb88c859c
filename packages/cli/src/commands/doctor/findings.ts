import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { Loaded } from '../../backends/load.js';
import { pageFolder } from '../explore/pageFolder.js';

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  /** `yes`, `no`, or `slow` where something faster could be had. */
  readonly usable: 'yes' | 'no' | 'slow';
  readonly found: string;
  /** What to do where it is not usable, or could be better. */
  readonly remedy?: string;
}

/** What there is, the necessary first. */
export function findingsOf(loaded: readonly Loaded[]): readonly Finding[] {
  return [node(), memory(), ...loaded.flatMap(backendFindings), explorer()];
}

function node(): Finding {
  return { name: 'Node', usable: 'yes', found: `${process.versions.node} on ${process.platform} ${process.arch}` };
}

function memory(): Finding {
  const gigabytes = totalmem() / 2 ** 30;
  return { name: 'machine', usable: 'yes', found: `${availableParallelism()} cores, ${gigabytes.toFixed(0)} GiB` };
}

function backendFindings(loaded: Loaded): readonly Finding[] {
  const { id, precision } = loaded.candidate;
  const name = `backend ${id}`;
  if (loaded.backend === undefined) {
    const { what, actual, remedy } = loaded.error;
    const [found, ...why] = oneLine(actual === undefined ? what : `${what}: ${actual}`).split(': ');
    return [{ name, usable: 'no', found, remedy: [...why, remedy].join(': ') }];
  }
  const { info } = loaded.backend;
  const found = `${precision}, ${info.summary}`;
  if (id !== 'wasm') return [{ name, usable: 'yes', found }];
  const facts = new Map<string, unknown>(Object.entries(info));
  const simd = String(facts.get('simd') ?? 'none');
  const threads = Number(facts.get('threads') ?? 1);
  return [
    { name, usable: 'yes', found },
    { name: '  vector instructions', usable: simd === 'none' ? 'slow' : 'yes', found: simd },
    threads >= availableParallelism()
      ? { name: '  threads', usable: 'yes', found: `${threads}` }
      : {
          name: '  threads',
          usable: 'slow',
          found: `${threads} of ${availableParallelism()} cores`,
          remedy: 'allow worker threads and shared memory to this process',
        },
  ];
}

function explorer(): Finding {
  const name = 'page of explore';
  if (existsSync(`${pageFolder}index.html`)) return { name, usable: 'yes', found: pageFolder };
  return { name, usable: 'no', found: 'not built', remedy: 'in a clone, npm run explore builds it' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
