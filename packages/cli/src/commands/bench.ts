import { readFile, writeFile } from 'node:fs/promises';
import {
  compareResults,
  comparisonText,
  htmlOf,
  markdownOf,
  type Preset,
  presets,
  readResults,
  runBenchmarks,
} from '@wtilde/bench';
import { WtildeError } from '@wtilde/core-types';
import { type ExitCode, exitCodes } from '../exitCodes.js';
import { type Io, print } from '../io.js';
import { checkTarget } from '../kernel/outputs.js';
import { createProgress } from '../progress.js';

export interface BenchOptions {
  readonly backend?: readonly string[];
  readonly filter?: string;
  readonly size: string;
  readonly n?: number;
  readonly k?: number;
  readonly s?: number;
  readonly b?: number;
  readonly p?: number;
  readonly scaling?: boolean;
  readonly json?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly compare?: boolean;
}

/** `wtilde bench`: backends side by side, or two runs of it. */
export async function bench(files: readonly string[], options: BenchOptions, io: Io): Promise<ExitCode> {
  if (options.compare) return await compare(files, io);
  for (const target of [options.json, options.markdown, options.html]) {
    if (target !== undefined) await checkTarget(target, undefined);
  }
  const preset = presetOf(options.size);
  const progress = await createProgress(io);
  try {
    const { n: N, k: K, s: S, b: B, p: P } = options;
    const given = Object.entries({ N, K, S, B, P }).filter(([, value]) => value !== undefined);
    let told: { what: string; update: (done: number, total: number) => void } | undefined;
    const results = await runBenchmarks({
      preset,
      backends: options.backend,
      filter: options.filter,
      scaling: options.scaling,
      sizes: given.length === 0 ? undefined : Object.fromEntries(given),
      onProgress(what, done, total) {
        if (told?.what !== what) told = { what, update: progress.step(what) };
        told.update(done, total);
      },
    });
    progress.stop();
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(results)}\n`);
    if (options.markdown !== undefined) await writeFile(options.markdown, markdownOf(results));
    if (options.html !== undefined) await writeFile(options.html, htmlOf(results));
    print(io, markdownOf(results));
    return exitCodes.fine;
  } finally {
    progress.stop();
  }
}

async function compare(files: readonly string[], io: Io): Promise<ExitCode> {
  const [a, b, ...more] = files;
  if (a === undefined || b === undefined || more.length > 0) {
    throw wrong('--compare', 'two files of wtilde bench --json', files.join(' ') || 'none');
  }
  const [first, second] = await Promise.all([a, b].map(async (file) => readResults(await textOf(file), file)));
  print(io, comparisonText(compareResults(first, second)));
  return exitCodes.fine;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new WtildeError('FileUnreadable', {
      what: 'the file cannot be read',
      where: file,
      remedy: 'check the path',
      cause,
    });
  }
}

function presetOf(size: string): Preset {
  const preset = presets.find((known) => known === size);
  if (preset === undefined) throw wrong('--size', `one of ${presets.join(', ')}`, size);
  return preset;
}

function wrong(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the value makes no sense',
    where,
    expected,
    actual,
    remedy: 'correct it or leave the option out',
  });
}
