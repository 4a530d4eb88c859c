import { Command } from 'commander';
import type { BenchOptions } from './commands/bench.js';
import type { EvidenceOptions } from './commands/evidence.js';
import type { InfoOptions } from './commands/info.js';
import type { InputsOptions } from './commands/inputs.js';
import type { KernelOptions } from './commands/kernel.js';
import type { LikelihoodOptions } from './commands/likelihood.js';
import type { PrepareCommandOptions } from './commands/prepare.js';
import type { SimulateOptions } from './commands/simulate.js';
import type { ExitCode } from './exitCodes.js';
import * as help from './help.js';
import type { Io } from './io.js';
import { arcsec, rms, seed, withMaskOptions } from './lensing/options.js';
import { collect, count, refuseTwice, tolerance } from './options.js';
import { harmless } from './text/harmless.js';
import { version } from './version.js';

/**
 * The commands and their options. Commands are imported when they are called, so that help comes at once.
 *
 * @param done receives the exit code of the command that was run.
 */
export function createProgram(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('wtilde')
    .description(help.description)
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help; also after a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(harmless(text)),
      // Errors are thrown and printed in one place.
      writeErr: () => {},
    })
    .addHelpText('after', help.program);

  program
    .command('likelihood')
    .summary('every term of the log evidence, on every backend')
    .description(help.likelihoodDescription)
    .option('-i, --inputs <file.npz>', help.inputs)
    .option('-b, --backend <id>', 'a backend to run; may be repeated (default: all there are)', collect)
    .option('--json', 'print one JSON object instead of the table')
    .option('--reconstruction', 'add the reconstructed source to the terms of the JSON object')
    .option('--max-bytes <n>', help.maxBytes, count('--max-bytes'))
    .addHelpText('after', help.likelihood)
    .action(async (options: LikelihoodOptions) => {
      const { likelihood } = await import('./commands/likelihood.js');
      done(await likelihood(options, io));
    });

  program
    .command('kernel')
    .summary('run or time one kernel')
    .description(help.kernelDescription)
    .argument('<name>', 'the kernel, by its upstream name or ours')
    .option('-i, --inputs <file.npz>', help.inputs)
    .option('-b, --backend <id>', 'the backend to run it on (default: loops)')
    .option('-m, --method <name>', 'one of its methods (default: the fastest at these sizes)')
    .option('-t, --tolerance <t>', 'relative error allowed to approximate transforms', tolerance)
    .option('-o, --out <file.npz>', 'write the result as out.<upstream name>')
    .option('--force', help.force)
    .option('-r, --repeat <n>', 'time n warm calls and print a JSON object', count('--repeat'))
    .option('--max-bytes <n>', help.maxBytes, count('--max-bytes'))
    .addHelpText('after', help.kernel)
    .action(async (name: string, options: KernelOptions) => {
      const { kernel } = await import('./commands/kernel.js');
      done(await kernel(name, options, io));
    });

  program
    .command('backends')
    .summary('what backends there are and what they can do')
    .description(help.backendsDescription)
    .option('--json', 'print one JSON object')
    .addHelpText('after', help.backends)
    .action(async (options: { readonly json?: boolean }) => {
      const { backends } = await import('./commands/backends.js');
      done(await backends(options, io));
    });

  program
    .command('diff')
    .summary('which kernels backends have, and what differs from upstream')
    .description(help.diffDescription)
    .argument('[a]', 'a backend')
    .argument('[b]', 'another backend')
    .addHelpText('after', help.diff)
    .action(async (a: string | undefined, b: string | undefined) => {
      const { diff } = await import('./commands/diff.js');
      done(await diff(a, b, io));
    });

  withMaskOptions(
    program
      .command('evidence')
      .summary('from visibilities and a lens model to an evidence and a source')
      .description(help.evidenceDescription)
      .requiredOption('-d, --data <dir>', help.data)
      .requiredOption('-l, --lens <file.json>', 'the lens model'),
  )
    .option('--mesh <mesh>', help.mesh, 'overlay:30x30')
    .option('--regularization <kind>', 'how smooth the source is: constant:COEFFICIENT', 'constant:1')
    .option('-b, --backend <id>', 'the backend to run on (default: wasm)')
    .option('-t, --tolerance <t>', 'relative error allowed to the transforms of the visibilities', tolerance)
    .option('-o, --out <file.npz>', 'write the reconstructed source, its noise map and its mesh')
    .option('--force', help.force)
    .option('-r, --repeat <n>', 'evaluate n times and tell the fastest', count('--repeat'))
    .option('--noise <rms>', help.noise, rms)
    .option('--strict', help.strict)
    .option('--json', 'print one JSON object')
    .addHelpText('after', help.evidence)
    .action(async (options: EvidenceOptions) => {
      const { evidence } = await import('./commands/evidence.js');
      done(await evidence(options, io));
    });

  withMaskOptions(
    program
      .command('prepare')
      .summary('sum visibilities once, for many evidences')
      .description(help.prepareDescription)
      .requiredOption('-d, --data <dir>', 'folder of data.fits, noise_map.fits and uv_wavelengths.fits')
      .requiredOption('-o, --out <file.npz>', 'what wtilde evidence --data takes'),
  )
    .option('-b, --backend <id>', 'the backend to run on (default: wasm)')
    .option('-t, --tolerance <t>', 'relative error allowed to the transforms', tolerance)
    .option('--noise <rms>', help.noise, rms)
    .option('--force', help.force)
    .option('--strict', help.strict)
    .addHelpText('after', help.prepare)
    .action(async (options: PrepareCommandOptions) => {
      const { prepare } = await import('./commands/prepare.js');
      done(await prepare(options, io));
    });

  withMaskOptions(
    program
      .command('simulate')
      .summary('an interferometer that looks at a lensed source, as FITS files')
      .description(help.simulateDescription)
      .requiredOption('-l, --lens <file.json>', 'the lens model, with the light of the source')
      .requiredOption('-o, --out <dir>', 'folder for data.fits, noise_map.fits and uv_wavelengths.fits'),
  )
    .option('--uv <file.fits>', 'baselines (K, 2) in wavelengths to observe with')
    .option('--array <name>', 'or those of an array like sma or alma', 'sma')
    .option('--visibilities <k>', 'as many of them', count('--visibilities'), 1000)
    .option('--noise <sigma>', 'standard deviation of either part of a visibility', arcsec('--noise'), 1)
    .option('--seed <n>', 'of antennas and noise', seed, 0)
    .option('-b, --backend <id>', 'the backend to run on (default: wasm)')
    .option('--force', help.force)
    .option('--strict', help.strict)
    .addHelpText('after', help.simulate)
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('./commands/simulate.js');
      done(await simulate(options, io));
    });

  withMaskOptions(
    program
      .command('inputs')
      .summary('what the kernels take, for others to check')
      .description(help.inputsDescription)
      .requiredOption('-d, --data <dir>', 'folder of data.fits, noise_map.fits and uv_wavelengths.fits')
      .requiredOption('-l, --lens <file.json>', 'the lens model')
      .requiredOption('-o, --out <file.npz>', 'arrays under the argument names of python-autojax'),
  )
    .option('--mesh <mesh>', help.mesh, 'overlay:30x30')
    .option('--regularization <kind>', 'how smooth the source is: constant:COEFFICIENT', 'constant:1')
    .option('--noise <rms>', help.noise, rms)
    .option('--force', help.force)
    .option('--strict', help.strict)
    .action(async (options: InputsOptions) => {
      const { inputs } = await import('./commands/inputs.js');
      done(await inputs(options, io));
    });

  program
    .command('info')
    .summary('what is in a dataset')
    .description(help.infoDescription)
    .argument('<dir>', 'folder of data.fits, noise_map.fits and uv_wavelengths.fits')
    .option('--json', 'print one JSON object')
    .option('--strict', help.strict)
    .action(async (folder: string, options: InfoOptions) => {
      const { info } = await import('./commands/info.js');
      done(await info(folder, options, io));
    });

  program
    .command('bench')
    .summary('measure backends side by side, or compare two runs')
    .description(help.benchDescription)
    .argument('[files...]', 'two results, with --compare')
    .option('-b, --backend <id>', 'a backend to measure; may be repeated (default: all but reference)', collect)
    .option('-f, --filter <text>', 'only kernels with this in their name')
    .option('--size <preset>', 'test, medium or science', 'medium')
    .option('--n <n>', 'side of the image instead', count('--n'))
    .option('--k <n>', 'visibilities instead', count('--k'))
    .option('--s <n>', 'source pixels instead', count('--s'))
    .option('--b <n>', 'source pixels that an image pixel maps to, instead', count('--b'))
    .option('--p <n>', 'neighbours of a source pixel at most, instead', count('--p'))
    .option('--scaling', 'add series that show how cost grows')
    .option('--json <file>', 'write the results, for --compare')
    .option('--markdown <file>', 'write the tables')
    .option('--html <file>', 'write a report with plots that opens offline')
    .option('--force', help.force)
    .option('--compare', 'compare two files of --json')
    .addHelpText('after', help.bench)
    .action(async (files: readonly string[], options: BenchOptions) => {
      const { bench } = await import('./commands/bench.js');
      done(await bench(files, options, io));
    });

  program.commands.forEach(refuseTwice);
  return program;
}
