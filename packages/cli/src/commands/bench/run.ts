import {
  compareResults,
  comparisonText,
  htmlOf,
  markdownOf,
  type Preset,
  presets,
  readResults,
  runBenchmarks,
  runScience,
  scienceText,
} from '@wtilde/bench';
import { writeFiles } from '@wtilde/data/node';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { textOf } from '../../inputs/text.js';
import { type Io, print } from '../../io.js';
import { invalid } from '../../options/values.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import type { BenchOptions } from './options.js';

/** `wtilde bench`: backends side by side, or two runs of it. */
export async function bench(options: BenchOptions, io: Io, operands: readonly string[]): Promise<ExitCode> {
  if (options.compare) return await compare(operands, io);
  const outputs = await outputsOf([options.json, options.markdown, options.html], [], options, io);
  const preset = presetOf(options.size);
  const progress = await createProgress(io);
  let told: { what: string; update: (done: number, total: number) => void } | undefined;
  const onProgress = (what: string, done: number, total: number) => {
    if (told?.what !== what) told = { what, update: progress.step(what) };
    told.update(done, total);
  };
  const write = async (texts: readonly (readonly [path: string | undefined, text: () => string])[]) => {
    const files = texts.flatMap(([path, text]) =>
      path === undefined ? [] : [{ path, bytes: new TextEncoder().encode(text()) }],
    );
    await outputs.write((how) => writeFiles(files, how));
  };
  try {
    const { n: N, k: K, s: S, b: B, p: P } = options;
    const given = Object.entries({ N, K, S, B, P }).filter(([, value]) => value !== undefined);
    const { json, markdown, html } = options;
    if (options.science) {
      if (html !== undefined) throw invalid('--html', 'no report of --science: --markdown or --json', html);
      const science = await runScience({ sizes: preset === 'test' ? 'test' : 'full', onProgress });
      progress.stop();
      await write([
        [json, () => `${JSON.stringify(science)}\n`],
        [markdown, () => scienceText(science)],
      ]);
      print(outputs.io, scienceText(science));
      return exitCodes.fine;
    }
    const results = await runBenchmarks({
      preset,
      backends: options.backend,
      filter: options.filter,
      scaling: options.scaling,
      sizes: given.length === 0 ? undefined : Object.fromEntries(given),
      onProgress,
    });
    progress.stop();
    await write([
      [json, () => `${JSON.stringify(results)}\n`],
      [markdown, () => markdownOf(results)],
      [html, () => htmlOf(results)],
    ]);
    print(outputs.io, markdownOf(results));
    return exitCodes.fine;
  } finally {
    progress.stop();
  }
}

async function compare(files: readonly string[], io: Io): Promise<ExitCode> {
  const [a, b, ...more] = files;
  if (a === undefined || b === undefined || more.length > 0) {
    throw invalid('--compare', 'two files of wtilde bench --json', files.join(' ') || 'none');
  }
  const [first, second] = await Promise.all([a, b].map(async (file) => readResults(await textOf(file), file)));
  print(io, comparisonText(compareResults(first, second)));
  return exitCodes.fine;
}

function presetOf(size: string): Preset {
  const preset = presets.find((known) => known === size);
  if (preset === undefined) throw invalid('--size', `one of ${presets.join(', ')}`, size);
  return preset;
}
