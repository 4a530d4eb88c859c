import type { Declaration } from '../../options/command.js';
import { flag, offering, standing, text, texts, type Values, value } from '../../options/declare.js';
import { backendIds } from '../../options/offers.js';
import { force } from '../../options/shared.js';
import { count } from '../../options/values.js';
import { help } from './text.js';

const options = {
  backend: offering(
    texts('-b, --backend <id>', 'a backend to measure; may be repeated (default: all but reference)'),
    backendIds,
  ),
  filter: text('-f, --filter <text>', 'only kernels with this in their name'),
  size: offering(standing(text('--size <preset>', 'test, medium or science'), 'medium'), async () => [
    'test',
    'medium',
    'science',
  ]),
  n: value('--n <n>', 'side of the image, instead of that of --size', count),
  k: value('--k <n>', 'visibilities, instead of those of --size', count),
  s: value('--s <n>', 'source pixels, instead of those of --size', count),
  b: value('--b <n>', 'source pixels that an image pixel maps to, instead of those of --size', count),
  p: value('--p <n>', 'neighbours of a source pixel at most, instead of those of --size', count),
  science: flag('--science', 'how long a fit takes: evidences and gradients at the sizes of science (10 minutes)'),
  scaling: flag('--scaling', 'add series that show how cost grows'),
  json: text('--json <file>', 'write the results, for --compare'),
  markdown: text('--markdown <file>', 'write the tables'),
  html: text('--html <file>', 'write a report with plots that opens offline'),
  force,
  compare: flag('--compare', 'compare two files of --json'),
};

export type BenchOptions = Values<typeof options>;

export const bench: Declaration<typeof options> = {
  name: 'bench',
  help,
  operands: { '[files...]': 'two results, with --compare' },
  options,
};
