import { effect, type Signal, signal } from '@preact/signals';

export const colorMaps = ['inferno', 'viridis', 'cividis', 'greys'] as const;
export type ColorMapName = (typeof colorMaps)[number];
export const stretches = ['linear', 'asinh', 'log'] as const;
export type Stretch = (typeof stretches)[number];
export const viewNames = ['Dirty image', 'Source', 'Lensed source', 'Residuals', 'uv coverage'] as const;
export type ViewName = (typeof viewNames)[number];

/** How the page looks: the same whatever is looked at. */
export interface Look {
  readonly colors: ColorMapName;
  readonly stretch: Stretch;
  /** Whether the source pixels are drawn. */
  readonly mesh: boolean;
  /** The views that are shown, in their order. */
  readonly views: readonly ViewName[];
}

const plainLook: Look = { colors: 'inferno', stretch: 'linear', mesh: false, views: viewNames };

/** The look that a record of one describes; what it does not name is as it was at first. */
export function lookFrom(given: unknown): Look {
  const { colors, stretch, mesh, views }: Readonly<Record<string, unknown>> = Object(given);
  const names: readonly unknown[] = Array.isArray(views) ? views : plainLook.views;
  return {
    colors: colorMaps.find((each) => each === colors) ?? plainLook.colors,
    stretch: stretches.find((each) => each === stretch) ?? plainLook.stretch,
    mesh: mesh === true,
    views: names.flatMap((name) => viewNames.find((each) => each === name) ?? []),
  };
}

const place = 'wtilde explorer look';

/** The look, as it was when the page was last seen. */
export function keptLook(): Signal<Look> {
  const look = signal(lookFrom(stored()));
  effect(() => {
    const text = JSON.stringify(look.value);
    // A browser may be told to keep nothing.
    try {
      localStorage.setItem(place, text);
    } catch {}
  });
  return look;
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}');
  } catch {
    return {};
  }
}
