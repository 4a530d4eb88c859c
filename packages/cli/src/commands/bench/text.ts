import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'measure backends side by side, or compare two runs',
  description:
    'Measures every kernel, method and backend, each backend in a process of its own; results are validated before and ' +
    'after they are timed.',
  examples: [
    'wtilde bench --size test --backend loops --backend wasm',
    'wtilde bench --scaling --json before.json --html report.html',
    'wtilde bench --science --json science.json',
    'wtilde bench --compare before.json after.json',
  ],
};
