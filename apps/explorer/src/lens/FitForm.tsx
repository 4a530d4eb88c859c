import { useState } from 'preact/hooks';
import type { SamplerChoice } from '../engine/protocol.js';
import { Choice } from '../page/Choice.js';
import type { Explorer } from '../page/explorer.js';
import { Details } from '../views/Details.js';
import { NumberField } from '../views/NumberField.js';
import { type Part, partsOf } from './free.js';
import { labelOf } from './parameters.js';

/** Those that are free unless one says otherwise. */
const usual = ['centre', 'ellipticity', 'einsteinRadius', 'shear'];

/** What of the mass a fit may change, and how far; its way, and where it has led. */
export function FitForm({ explorer }: { readonly explorer: Explorer }) {
  return (
    <section class="panel fit" aria-label="fit">
      <Details summary="fit from here">{() => <Ranges explorer={explorer} />}</Details>
    </section>
  );
}

function Ranges({ explorer }: { readonly explorer: Explorer }) {
  const [fixed, setFixed] = useState<Readonly<Record<string, boolean>>>({});
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [freeRegularization, setFreeRegularization] = useState(true);
  const { model, searching, fitted } = explorer;
  const { mass } = model.value.lens;
  const parts = partsOf(mass).map((part) => {
    const key = keyOf(part);
    return {
      key,
      part: { ...part, width: widths[key] ?? part.width },
      free: !(fixed[key] ?? !usual.includes(part.name)),
    };
  });
  const free = parts.filter((each) => each.free).map(({ part }) => part);
  const running = searching.value;
  return (
    <>
      <p class="under">looks for the largest evidence within these ranges around the model as it stands</p>
      {parts.map(({ key, part, free: isFree }) => {
        const label = `${labelOf(part.name)} of ${mass[part.profile].type} ${part.profile + 1}`;
        return (
          <div key={key} class="field">
            <label>
              <input
                type="checkbox"
                checked={isFree}
                onChange={({ currentTarget }) => setFixed({ ...fixed, [key]: !currentTarget.checked })}
              />{' '}
              {label}
            </label>
            <label>
              ±{' '}
              <input
                type="number"
                aria-label={`range of ${label}`}
                min={0.001}
                step={0.01}
                value={part.width}
                disabled={!isFree}
                onChange={({ currentTarget: { valueAsNumber } }) => {
                  if (valueAsNumber > 0) setWidths({ ...widths, [key]: valueAsNumber });
                }}
              />
            </label>
          </div>
        );
      })}
      <label class="field">
        <span>regularization</span>
        <input
          type="checkbox"
          checked={freeRegularization}
          onChange={({ currentTarget }) => setFreeRegularization(currentTarget.checked)}
        />
      </label>
      {running ? (
        <button type="button" onClick={() => explorer.abort()}>
          Stop the search
        </button>
      ) : (
        <>
          <button type="button" disabled={free.length === 0} onClick={() => explorer.fit(free, freeRegularization)}>
            Fit
          </button>
          <Sampler disabled={free.length === 0} sample={(how) => explorer.sample(free, freeRegularization, how)} />
        </>
      )}
      <FitResultView result={running ? undefined : fitted.value} />
    </>
  );
}

const samplers = { 'importance, with log Z': 'importance', NUTS: 'nuts', 'nested, from the priors': 'nested' } as const;
type SamplerName = keyof typeof samplers;
const samplerNames: readonly SamplerName[] = ['importance, with log Z', 'NUTS', 'nested, from the priors'];

interface SamplerProps {
  readonly disabled: boolean;
  readonly sample: (how: SamplerChoice) => void;
}

/** Which way the posterior is sampled. */
function Sampler({ disabled, sample }: SamplerProps) {
  const [name, setName] = useState<SamplerName>(samplerNames[0]);
  const [samples, setSamples] = useState(400);
  return (
    <fieldset>
      <legend>posterior</legend>
      <Choice label="sampler" value={name} all={samplerNames} choose={setName} />
      <NumberField
        label="samples"
        value={samples}
        step={100}
        change={(value) => setSamples(Math.min(10_000, Math.max(40, Math.round(value))))}
      />
      <button type="button" disabled={disabled} onClick={() => sample({ sampler: samplers[name], samples })}>
        Sample
      </button>
    </fieldset>
  );
}

function FitResultView({ result }: { readonly result: Explorer['fitted']['value'] }) {
  if (result === undefined) return null;
  return (
    <div class="fitted" role="status">
      <p class="under">{result.statement}</p>
      {result.notes.map((note) => (
        <p key={note} class="warning" role="note">
          {note}
        </p>
      ))}
      <table>
        <tbody>
          {result.parameters.map(({ path, value, sigma }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td>
                {value.toPrecision(5)} {sigma === undefined ? '' : `± ${sigma.toPrecision(2)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function keyOf({ profile, name }: Part): string {
  return `${profile} ${name}`;
}
