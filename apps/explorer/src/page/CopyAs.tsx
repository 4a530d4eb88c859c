import { useState } from 'preact/hooks';
import type { MaskChoice, ModelChoice } from '../engine/protocol.js';
import { Details } from '../views/Details.js';
import { copiesOf } from './copyAs.js';
import { download } from './download.js';

/** The model as text for elsewhere. */
export function CopyAs(what: { readonly model: ModelChoice; readonly mask: MaskChoice }) {
  return <Details summary="copy the model">{() => <Copies {...what} />}</Details>;
}

function Copies({ model, mask }: { readonly model: ModelChoice; readonly mask: MaskChoice }) {
  const copies = copiesOf(model, mask);
  const [name, setName] = useState<keyof typeof copies>('command line');
  const [copied, setCopied] = useState(false);
  return (
    <div class="copy">
      <fieldset>
        <legend>copy as</legend>
        {keysOf(copies).map((each) => (
          <button type="button" key={each} aria-pressed={each === name} onClick={() => setName(each)}>
            {each}
          </button>
        ))}
      </fieldset>
      <textarea readOnly rows={9} aria-label={`the model as ${name}`} value={copies[name]} />
      <button
        type="button"
        onClick={() => {
          navigator.clipboard.writeText(copies[name]).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
      >
        {copied ? 'copied' : 'copy'}
      </button>{' '}
      <button type="button" onClick={() => download(`${copies['lens.json']}\n`, 'application/json', 'lens.json')}>
        save lens.json
      </button>
    </div>
  );
}

function keysOf<K extends string>(record: Readonly<Record<K, string>>): readonly K[] {
  const names: K[] = [];
  for (const name in record) names.push(name);
  return names;
}
