import { allKernels } from '@wtilde/core-types';
import type { Declaration } from '../../options/command.js';
import { offering, text, type Values, value } from '../../options/declare.js';
import { backendIds, methodNames } from '../../options/offers.js';
import { force, inputOptions } from '../../options/shared.js';
import { count, fraction } from '../../options/values.js';
import { help } from './text.js';

const options = {
  ...inputOptions,
  backend: offering(text('-b, --backend <id>', 'the backend to run it on (default: loops)'), backendIds),
  method: offering(
    text('-m, --method <name>', 'one of its methods (default: the fastest at these sizes)'),
    methodNames,
  ),
  tolerance: value('-t, --tolerance <t>', 'relative error allowed to approximate transforms', fraction),
  out: text('-o, --out <file.npz>', 'write the result as out.<upstream name>'),
  force,
  repeat: value('-r, --repeat <n>', 'time n warm calls and print a JSON object', count),
};

export type KernelOptions = Values<typeof options>;

export const kernel: Declaration<typeof options> = {
  name: 'kernel',
  help,
  operands: { '<name>': 'the kernel, by its upstream name or ours' },
  operandOffers: async () => allKernels().flatMap(({ name, upstream }) => [upstream, name]),
  options,
};
