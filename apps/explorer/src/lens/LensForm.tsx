import type { MassProfile } from '@wtilde/lens';
import type { Explorer } from '../page/explorer.js';
import { NumberField } from '../views/NumberField.js';
import { additions, entriesOf, withNumber } from './parameters.js';

/** Every number of the mass, of the mesh and of the regularization: the same that the hand can drag. */
export function LensForm({ explorer }: { readonly explorer: Explorer }) {
  const model = explorer.model.value;
  const { mass } = model.lens;
  const put = (next: readonly MassProfile[], moving = false) =>
    explorer.change({ ...model, lens: { ...model.lens, mass: next } }, moving);
  const [rows, columns] = model.mesh.shape;
  return (
    <form class="form" aria-label="lens model" onSubmit={(event) => event.preventDefault()}>
      {mass.map((profile, at) => (
        <fieldset key={`${profile.type}${at}`}>
          <legend>
            {profile.type}
            <button
              type="button"
              aria-label={`remove ${profile.type} ${at + 1}`}
              onClick={() => put(mass.toSpliced(at, 1))}
            >
              ×
            </button>
          </legend>
          {entriesOf(profile).map(({ path, label, value, step }) => (
            <NumberField
              key={path}
              label={label}
              value={value}
              step={step}
              change={(next) => put(mass.with(at, withNumber(profile, path, next)))}
            />
          ))}
        </fieldset>
      ))}
      <label class="field">
        <span>add mass</span>
        <select
          onChange={({ currentTarget }) => {
            const added = Object.values(additions).find(({ type }) => type === currentTarget.value);
            currentTarget.value = '';
            if (added !== undefined) put([...mass, added]);
          }}
        >
          <option value="">choose …</option>
          {Object.keys(additions).map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>source</legend>
        <NumberField
          label="mesh rows"
          value={rows}
          step={1}
          change={(value) => explorer.change({ ...model, mesh: { ...model.mesh, shape: [whole(value), columns] } })}
        />
        <NumberField
          label="mesh columns"
          value={columns}
          step={1}
          change={(value) => explorer.change({ ...model, mesh: { ...model.mesh, shape: [rows, whole(value)] } })}
        />
        <NumberField
          label="regularization"
          value={model.regularization.coefficient}
          step={0.1}
          change={(coefficient) =>
            explorer.change({ ...model, regularization: { ...model.regularization, coefficient } })
          }
        />
      </fieldset>
    </form>
  );
}

function whole(value: number): number {
  return Math.min(60, Math.max(4, Math.round(value)));
}
