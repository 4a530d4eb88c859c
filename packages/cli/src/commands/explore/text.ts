import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'a page where the source follows the lens that you drag',
  description:
    'Serves a page on this machine, with the data loaded, and opens it in a browser: drag the lens, and watch the source ' +
    'and the evidence. Everything is computed in the browser. The first line is its address; Ctrl-C ends it.',
  examples: ['wtilde explore', 'wtilde explore sma', 'wtilde explore sma.npz --port 8080 --no-open'],
};
