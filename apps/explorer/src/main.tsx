import { render } from 'preact';
import { App } from './page/App.js';
import { modelIn } from './page/address.js';
import { createExplorer, type Explorer } from './page/explorer.js';
import { servedFiles } from './page/servedFiles.js';
import './style.css';

const startWorker = () => new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' });
const explorer = createExplorer(startWorker, { model: modelIn(location.hash) });
const root = document.getElementById('root');
if (root !== null) render(<App explorer={explorer} />, root);
openServed(explorer);

/** What `wtilde explore` serves beside the page; the example where there is nothing. */
async function openServed({ open, openFiles }: Explorer): Promise<void> {
  const files = await servedFiles().catch(() => []);
  if (files.length > 0) await openFiles(files);
  else open({ kind: 'example' });
}
