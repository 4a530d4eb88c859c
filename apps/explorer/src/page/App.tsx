import { useEffect, useState } from 'preact/hooks';
import type { MaskChoice } from '../engine/protocol.js';
import { LensForm } from '../lens/LensForm.js';
import { LensHandles } from '../lens/LensHandles.js';
import { EvidenceView } from '../views/Evidence.js';
import { NumberField } from '../views/NumberField.js';
import { RanView } from '../views/Ran.js';
import { SkyView } from '../views/SkyView.js';
import { UvView } from '../views/Uv.js';
import { addressOf } from './address.js';
import { CopyAs } from './CopyAs.js';
import type { ColorMapName, Explorer, Stretch } from './explorer.js';

const colorMaps: readonly ColorMapName[] = ['inferno', 'viridis', 'cividis', 'greys'];
const stretches: readonly Stretch[] = ['linear', 'asinh', 'log'];

/** The whole page. */
export function App({ explorer }: { readonly explorer: Explorer }) {
  const { opened, model, evaluated, look } = explorer;
  const [over, setOver] = useState(false);
  const found = evaluated.value;
  const shown = opened.value;
  const { colors, stretch, mesh } = look.value;

  // Anywhere on the page.
  useEffect(() => {
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
      dropped(dataTransfer?.files);
    });
    return () => listening.abort();
  }, [explorer]);
  useEffect(() => history.replaceState(null, '', addressOf(model.value)), [model.value]);

  function dropped(files: FileList | null | undefined): void {
    if (files != null && files.length > 0) explorer.open({ kind: 'files', files: [...files] });
  }

  return (
    <div class={over ? 'page over' : 'page'}>
      <header>
        <h1>wtilde explorer</h1>
        <p>
          {shown === undefined
            ? 'Drop the files of an observation, or begin with the example.'
            : `${shown.name}: ${shown.visibilities} visibilities, ${shown.imagePixels} image pixels. Drag the lens; the source follows.`}
        </p>
        <div class="actions">
          <button type="button" onClick={() => explorer.open({ kind: 'example' })}>
            Example
          </button>
          <label class="button">
            Open files
            <input type="file" multiple onChange={({ currentTarget }) => dropped(currentTarget.files)} />
          </label>
          <button type="button" disabled={!explorer.canUndo.value} onClick={() => explorer.undo()}>
            Undo
          </button>
          <button
            type="button"
            disabled={found === undefined || found.coarse}
            onClick={() => {
              if (found !== undefined) explorer.pinned.value = { model: model.value, logEvidence: found.logEvidence };
            }}
          >
            Keep to compare
          </button>
          <button type="button" disabled={found === undefined} onClick={() => explorer.report()}>
            Report
          </button>
        </div>
      </header>
      <p class="status" role="status">
        {explorer.progress.value ?? ''}
      </p>
      {explorer.failure.value === undefined ? null : (
        <p class="failure" role="alert">
          {explorer.failure.value.message}
        </p>
      )}
      {shown === undefined ? null : (
        <main>
          <SkyView
            title="Dirty image"
            image={shown.dirtyImage}
            colors={colors}
            stretch={stretch}
            lines={curves(found?.critical, 'critical')}
          >
            {(frame) => (
              <LensHandles
                frame={frame}
                mass={model.value.lens.mass}
                change={(at, profile, moving) =>
                  explorer.change(
                    { ...model.value, lens: { ...model.value.lens, mass: model.value.lens.mass.with(at, profile) } },
                    moving,
                  )
                }
              />
            )}
          </SkyView>
          <SkyView
            title="Source"
            image={found?.source}
            colors={colors}
            stretch={stretch}
            dots={mesh ? found?.vertices : undefined}
            lines={curves(found?.caustics, 'caustic')}
          />
          <SkyView
            title="Lensed source"
            image={found?.model}
            colors={colors}
            stretch={stretch}
            lines={curves(found?.critical, 'critical')}
          />
          <SkyView title="Residuals" image={found?.residuals} colors="difference" stretch="linear" range={[-5, 5]} />
          <aside>
            <EvidenceView explorer={explorer} />
            <LensForm explorer={explorer} />
          </aside>
          <UvView baselines={shown.baselines} />
          <section class="view settings" aria-label="settings">
            <h2>look and pixels</h2>
            <Choice label="colours" value={colors} all={colorMaps} choose={(value) => put({ colors: value })} />
            <Choice label="stretch" value={stretch} all={stretches} choose={(value) => put({ stretch: value })} />
            <label class="field">
              <span>source pixels</span>
              <input
                type="checkbox"
                checked={mesh}
                onChange={({ currentTarget }) => put({ mesh: currentTarget.checked })}
              />
            </label>
            <MaskForm mask={shown.mask} change={(mask) => explorer.reopen({ mask })} />
            <RanView explorer={explorer} />
            <CopyAs model={model.value} mask={shown.mask} />
          </section>
        </main>
      )}
    </div>
  );

  function put(change: Partial<typeof look.value>): void {
    look.value = { ...look.value, ...change };
  }
}

function curves(lines: readonly Float32Array<ArrayBuffer>[] | undefined, className: string) {
  return (lines ?? []).map((points) => ({ points, className }));
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly all: readonly T[];
  readonly choose: (value: T) => void;
}

function Choice<T extends string>({ label, value, all, choose }: ChoiceProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = all.find((each) => each === currentTarget.value);
          if (chosen !== undefined) choose(chosen);
        }}
      >
        {all.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}

function MaskForm({ mask, change }: { readonly mask: MaskChoice; readonly change: (mask: MaskChoice) => void }) {
  const above = (value: number, otherwise: number) => (value > 0 ? value : otherwise);
  return (
    <fieldset>
      <legend>mask</legend>
      <NumberField
        label="radius (arcsec)"
        value={mask.radius}
        step={0.1}
        change={(radius) => change({ ...mask, radius: above(radius, mask.radius) })}
      />
      <NumberField
        label="pixel (arcsec)"
        value={mask.pixelScale}
        step={0.01}
        change={(pixelScale) => change({ ...mask, pixelScale: above(pixelScale, mask.pixelScale) })}
      />
    </fieldset>
  );
}
