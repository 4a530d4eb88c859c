import { useEffect, useState } from 'preact/hooks';
import { FitForm } from '../lens/FitForm.js';
import { LensForm } from '../lens/LensForm.js';
import { EvidenceView } from '../views/Evidence.js';
import { addressOf } from './address.js';
import { DatasetView } from './Dataset.js';
import type { Explorer } from './explorer.js';
import { Header } from './Header.js';
import { Settings } from './Settings.js';
import { Views } from './Views.js';

/** The whole page. */
export function App({ explorer }: { readonly explorer: Explorer }) {
  const [over, setOver] = useState(false);
  useEffect(() => whatIsDropped(explorer, setOver), [explorer]);
  useEffect(() => keepAddress(explorer.model), [explorer]);
  return (
    <div class={over ? 'page over' : 'page'}>
      <Header explorer={explorer} />
      {explorer.opened.value === undefined ? null : (
        <main>
          <Views explorer={explorer} />
          <aside>
            <EvidenceView explorer={explorer} />
            <LensForm explorer={explorer} />
            <FitForm explorer={explorer} />
            <DatasetView explorer={explorer} />
            <Settings explorer={explorer} />
          </aside>
        </main>
      )}
    </div>
  );
}

/** Anywhere on the page. */
function whatIsDropped(explorer: Explorer, setOver: (over: boolean) => void): () => void {
  const listening = new AbortController();
  const on = (type: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
    document.addEventListener(
      type,
      (event) => {
        event.preventDefault();
        act(event);
      },
      { signal: listening.signal },
    );
  on('dragover', () => setOver(true));
  on('dragleave', () => setOver(false));
  on('drop', ({ dataTransfer }) => {
    setOver(false);
    const files = [...(dataTransfer?.files ?? [])];
    if (files.length > 0) explorer.openFiles(files);
  });
  return () => listening.abort();
}

/** Milliseconds without a change, after which the address follows: browsers slow down pages that change it all the time. */
const still = 300;

function keepAddress(model: Explorer['model']): () => void {
  let waiting: number | undefined;
  const stop = model.subscribe((value) => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => history.replaceState(null, '', addressOf(value)), still);
  });
  return () => {
    clearTimeout(waiting);
    stop();
  };
}
