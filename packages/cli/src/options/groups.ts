/** Headings for the help of commands with many options. What is not named here stands under `Options:`. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  'Data and model:': [
    '--data',
    '--lens',
    '--model',
    '--mesh',
    '--regularization',
    '--adapt-image',
    '--border-relocator',
  ],
  'Pixels of the sky:': [
    ...['--mask-radius', '--pixel-scale', '--shape', '--mask-centre', '--mask-inner-radius', '--mask', '--mask-origin'],
    ...['--primary-beam', '--pointing'],
  ],
  'Which visibilities:': ['--stokes', '--source', '--channels', '--windows', '--uvrange', '--times', '--conjugate'],
  'Averages:': ['--average-time', '--field', '--average-channels'],
  'How it is searched:': ['--sampler', '--live', '--effective-samples', '--starts', '--fix-regularization'],
  'How it is computed:': [
    '--backend',
    '--executor',
    '--workers',
    '--tolerance',
    '--noise',
    '--seed',
    '--positive',
    '--ridge',
  ],
  'What comes out:': [
    ...['--out', '--unit', '--phase-centre', '--json', '--resume', '--force', '--strict', '--gradient', '--repeat'],
  ],
};

/** The heading that an option stands under. */
export function groupOf(option: string): string | undefined {
  return Object.keys(groups).find((heading) => groups[heading].includes(option));
}
