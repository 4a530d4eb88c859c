import type { ComponentChildren } from 'preact';
import type { Line } from '../engine/protocol.js';
import { LensHandles } from '../lens/LensHandles.js';
import { SkyView } from '../views/SkyView.js';
import { UvView } from '../views/Uv.js';
import type { Explorer } from './explorer.js';
import type { ViewName } from './look.js';

/** The views that are chosen, in their order. */
export function Views({ explorer }: { readonly explorer: Explorer }) {
  return (
    <div class="views">
      {explorer.look.value.views.map((name) => (
        <OneView key={name} explorer={explorer} name={name} />
      ))}
    </div>
  );
}

function OneView({ explorer, name }: { readonly explorer: Explorer; readonly name: ViewName }): ComponentChildren {
  const { opened, evaluated, look, model } = explorer;
  const { colors, stretch, mesh } = look.value;
  const [shown, found] = [opened.value, evaluated.value];
  if (shown === undefined) return null;
  const critical = curves(found?.critical, 'critical');
  const same = { title: name, colors, stretch };
  switch (name) {
    case 'Dirty image':
      return (
        <SkyView {...same} image={shown.dirtyImage} lines={critical} beam={shown.beam}>
          {(frame) => (
            <LensHandles
              frame={frame}
              mass={model.value.lens.mass}
              change={(at, profile, moving) =>
                explorer.change({ ...model.value, lens: { mass: model.value.lens.mass.with(at, profile) } }, moving)
              }
            />
          )}
        </SkyView>
      );
    case 'Source':
      return (
        <SkyView
          {...same}
          image={found?.source}
          dots={mesh ? found?.vertices : undefined}
          lines={curves(found?.caustics, 'caustic')}
        />
      );
    case 'Lensed source':
      return <SkyView {...same} image={found?.model} lines={critical} />;
    case 'Residuals':
      return <SkyView {...same} image={found?.residuals} colors="difference" stretch="linear" range={[-5, 5]} />;
    case 'uv coverage':
      return <UvView baselines={shown.baselines} />;
  }
}

function curves(lines: readonly Line[] | undefined, className: string) {
  return (lines ?? []).map((points) => ({ points, className }));
}
