import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Line } from '../engine/protocol.js';
import { LensHandles } from '../lens/LensHandles.js';
import { PosteriorView } from '../views/Posterior.js';
import { type Frame, SkyView } from '../views/SkyView.js';
import { UvView } from '../views/Uv.js';
import type { Explorer } from './explorer.js';
import type { ViewName } from './look.js';

interface Props {
  readonly explorer: Explorer;
}

/** The views that are chosen, in their order. */
export function Views({ explorer }: Props) {
  return (
    <div class="views">
      {explorer.look.value.views.map((name) => {
        const View = views[name];
        return <View key={name} explorer={explorer} />;
      })}
      <PosteriorView explorer={explorer} />
    </div>
  );
}

// Each listens to what it shows: a movement draws the handles anew, and nothing else, until its source is there.
const views: Readonly<Record<ViewName, (props: Props) => ComponentChildren>> = {
  'Dirty image': DirtyImage,
  Source,
  'Lensed source': LensedSource,
  Residuals,
  'uv coverage': Coverage,
};

function DirtyImage({ explorer }: Props) {
  const { colors, stretch } = explorer.look.value;
  const shown = explorer.opened.value;
  const lines = useLines(explorer.evaluated.value?.critical, 'critical');
  const handles = useMemo(() => (frame: Frame) => <Handles explorer={explorer} frame={frame} />, [explorer]);
  if (shown === undefined) return null;
  return (
    <SkyView
      title="Dirty image"
      colors={colors}
      stretch={stretch}
      image={shown.dirtyImage}
      lines={lines}
      beam={shown.beam}
    >
      {handles}
    </SkyView>
  );
}

function Handles({ explorer, frame }: Props & { readonly frame: Frame }) {
  const model = explorer.model.value;
  return (
    <LensHandles
      frame={frame}
      mass={model.lens.mass}
      change={(at, profile, moving) =>
        explorer.change({ ...model, lens: { mass: model.lens.mass.with(at, profile) } }, moving)
      }
    />
  );
}

function Source({ explorer }: Props) {
  const { colors, stretch, mesh } = explorer.look.value;
  const found = explorer.evaluated.value;
  const lines = useLines(found?.caustics, 'caustic');
  return (
    <>
      <SkyView
        title="Source"
        colors={colors}
        stretch={stretch}
        image={found?.source}
        dots={mesh ? found?.vertices : undefined}
        lines={lines}
      />
      <KeptSource explorer={explorer} />
    </>
  );
}

/** That of the model to compare with, beside the source as it is now. */
function KeptSource({ explorer }: Props) {
  const { colors, stretch, mesh } = explorer.look.value;
  const kept = explorer.pinned.value?.evaluated;
  const lines = useLines(kept?.caustics, 'caustic');
  if (kept === undefined) return null;
  return (
    <SkyView
      title="Source of the kept model"
      colors={colors}
      stretch={stretch}
      image={kept.source}
      dots={mesh ? kept.vertices : undefined}
      lines={lines}
    />
  );
}

function LensedSource({ explorer }: Props) {
  const { colors, stretch } = explorer.look.value;
  const found = explorer.evaluated.value;
  const lines = useLines(found?.critical, 'critical');
  return <SkyView title="Lensed source" colors={colors} stretch={stretch} image={found?.model} lines={lines} />;
}

/** In standard deviations. */
const residualRange = [-5, 5] as const;

/** While something moves, those of before. */
function Residuals({ explorer }: Props) {
  const found = explorer.evaluated.value?.residuals;
  const last = useRef(found);
  if (found !== undefined) last.current = found;
  return (
    <SkyView
      title="Residuals"
      image={last.current}
      old={found === undefined}
      colors="difference"
      stretch="linear"
      range={residualRange}
    />
  );
}

function Coverage({ explorer }: Props) {
  const shown = explorer.opened.value;
  return shown === undefined ? null : <UvView baselines={shown.baselines} />;
}

function useLines(lines: readonly Line[] | undefined, className: string) {
  return useMemo(() => (lines ?? []).map((points) => ({ points, className })), [lines, className]);
}
