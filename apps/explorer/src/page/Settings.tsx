import { Details } from '../views/Details.js';
import { RanView } from '../views/Ran.js';
import { Choice } from './Choice.js';
import { CopyAs } from './CopyAs.js';
import type { Explorer } from './explorer.js';
import { colorMaps, type Look, stretches, type ViewName, viewNames } from './look.js';
import { Simulate } from './Simulate.js';

/** How it looks, what ran where, and what goes elsewhere. */
export function Settings({ explorer }: { readonly explorer: Explorer }) {
  const { look, model, opened } = explorer;
  const { colors, stretch, mesh, views } = look.value;
  const mask = opened.value?.mask;
  const put = (change: Partial<Look>) => {
    look.value = { ...look.value, ...change };
  };
  return (
    <section class="panel settings" aria-label="look and tools">
      <h2>look</h2>
      <Choice label="colours" value={colors} all={colorMaps} choose={(value) => put({ colors: value })} />
      <Choice label="stretch" value={stretch} all={stretches} choose={(value) => put({ stretch: value })} />
      <label class="field">
        <span>draw source pixels</span>
        <input type="checkbox" checked={mesh} onChange={({ currentTarget }) => put({ mesh: currentTarget.checked })} />
      </label>
      <Details summary="views">{() => <ViewList views={views} put={(next) => put({ views: next })} />}</Details>
      <Simulate explorer={explorer} />
      <RanView explorer={explorer} />
      {mask === undefined ? null : <CopyAs model={model.value} mask={mask} />}
    </section>
  );
}

interface ListProps {
  readonly views: readonly ViewName[];
  readonly put: (views: readonly ViewName[]) => void;
}

/** Those that are shown, in their order, then the others. */
function ViewList({ views, put }: ListProps) {
  const hidden = viewNames.filter((name) => !views.includes(name));
  return (
    <ul class="view-list">
      {[...views, ...hidden].map((name) => {
        const at = views.indexOf(name);
        return (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={at >= 0}
                onChange={() => put(at >= 0 ? views.filter((each) => each !== name) : [...views, name])}
              />{' '}
              {name}
            </label>
            <button
              type="button"
              aria-label={`move ${name} forward`}
              disabled={at < 1}
              onClick={() => put(views.with(at, views[at - 1]).with(at - 1, name))}
            >
              ↑
            </button>
          </li>
        );
      })}
    </ul>
  );
}
