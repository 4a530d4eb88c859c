import type { MassProfile } from '@wtilde/lens';
import { useRef } from 'preact/hooks';
import { type Frame, toPicture, toSky } from '../views/SkyView.js';
import { numberOf, withNumber } from './parameters.js';

interface Props {
  readonly frame: Frame;
  readonly mass: readonly MassProfile[];
  readonly change: (at: number, profile: MassProfile, moving: boolean) => void;
}

/** The mass on the sky, with handles for a hand or for the arrow keys: centre, ring and axes, and shear. */
export function LensHandles({ frame, mass, change }: Props) {
  return (
    <g class="handles">
      {mass.map((profile, at) => {
        const moved = (next: MassProfile, moving: boolean) => change(at, next, moving);
        const name = `${profile.type} ${at + 1}`;
        if (profile.type === 'ExternalShear') {
          return <ShearHandle key={name} frame={frame} profile={profile} name={name} moved={moved} />;
        }
        if (!('centre' in profile) && !('einsteinRadius' in profile)) return null;
        return <MassHandles key={name} frame={frame} profile={profile} name={name} moved={moved} />;
      })}
    </g>
  );
}

interface OneProps {
  readonly frame: Frame;
  readonly profile: MassProfile;
  readonly name: string;
  readonly moved: (profile: MassProfile, moving: boolean) => void;
}

function MassHandles({ frame, profile, name, moved }: OneProps) {
  const centre = [numberOf(profile, 'centre.0', 0), numberOf(profile, 'centre.1', 0)] as const;
  const radius = numberOf(profile, 'einsteinRadius', 0);
  const elliptical = 'axisRatio' in profile;
  const axisRatio = elliptical ? numberOf(profile, 'axisRatio', 1) : 1;
  const angle = elliptical ? numberOf(profile, 'angle', 0) : 0;
  const turned = (angle * Math.PI) / 180;
  const [major, minor] = [radius / Math.sqrt(axisRatio), radius * Math.sqrt(axisRatio)];
  const along = (length: number, direction: number) =>
    toPicture(frame, centre[0] + length * Math.sin(direction), centre[1] + length * Math.cos(direction));
  const [x, y] = toPicture(frame, centre[0], centre[1]);
  const scale = 100 / frame.extent;

  function moveCentre([skyY, skyX]: readonly [number, number], moving: boolean): void {
    moved(withNumber(withNumber(profile, 'centre.0', round(skyY)), 'centre.1', round(skyX)), moving);
  }
  function moveMajor([skyY, skyX]: readonly [number, number], moving: boolean): void {
    const [dy, dx] = [skyY - centre[0], skyX - centre[1]];
    const wider = withNumber(
      profile,
      'einsteinRadius',
      round(Math.max(0.01, Math.hypot(dy, dx) * Math.sqrt(axisRatio))),
    );
    moved(elliptical ? withNumber(wider, 'angle', round((Math.atan2(dy, dx) * 180) / Math.PI, 1)) : wider, moving);
  }
  function moveMinor([skyY, skyX]: readonly [number, number], moving: boolean): void {
    const length = Math.hypot(skyY - centre[0], skyX - centre[1]);
    moved(withNumber(profile, 'axisRatio', round(Math.min(1, Math.max(0.2, (length / radius) ** 2)))), moving);
  }

  return (
    <g>
      {radius > 0 ? (
        <ellipse
          class="ring"
          cx={x}
          cy={y}
          rx={major * scale}
          ry={minor * scale}
          transform={`rotate(${angle} ${x} ${y})`}
        />
      ) : null}
      <Handle frame={frame} at={[x, y]} name={`centre of ${name}`} shape="square" moved={moveCentre} />
      {radius > 0 ? (
        <Handle
          frame={frame}
          at={along(major, turned)}
          name={`ring and long axis of ${name}`}
          shape="circle"
          moved={moveMajor}
        />
      ) : null}
      {elliptical && radius > 0 ? (
        <Handle
          frame={frame}
          at={along(minor, turned + Math.PI / 2)}
          name={`short axis of ${name}`}
          shape="circle"
          moved={moveMinor}
        />
      ) : null}
    </g>
  );
}

/** How far from the centre, and its handle, that of a shear of 0 is, as a part of the picture. */
const rest = 0.1;
/** Arcsec on the picture for a shear of 1. */
const shearLength = 12;

/** Images are stretched along the line that ends in the handle. */
function ShearHandle({ frame, profile, name, moved }: OneProps) {
  const [gamma1, gamma2] = [numberOf(profile, 'gamma1', 0), numberOf(profile, 'gamma2', 0)];
  const [strength, direction] = [Math.hypot(gamma1, gamma2), Math.atan2(gamma2, gamma1) / 2];
  const length = 0.35 * frame.extent * Math.min(1, (shearLength * strength) / frame.extent) + rest * frame.extent;
  const [y, x] = [length * Math.sin(direction), length * Math.cos(direction)];
  const [cy, cx] = frame.centre;
  const [x1, y1] = toPicture(frame, cy - y, cx - x);
  const [x2, y2] = toPicture(frame, cy + y, cx + x);
  function move([skyY, skyX]: readonly [number, number], moving: boolean): void {
    const [dy, dx] = [skyY - cy, skyX - cx];
    const gamma = Math.min(0.4, Math.max(0, Math.hypot(dy, dx) - rest * frame.extent) / (0.35 * shearLength));
    const twice = 2 * Math.atan2(dy, dx);
    moved(
      withNumber(
        withNumber(profile, 'gamma1', round(gamma * Math.cos(twice))),
        'gamma2',
        round(gamma * Math.sin(twice)),
      ),
      moving,
    );
  }
  return (
    <g>
      <line class="shear" x1={x1} y1={y1} x2={x2} y2={y2} />
      <Handle frame={frame} at={[x2, y2]} name={`direction and strength of ${name}`} shape="diamond" moved={move} />
    </g>
  );
}

interface HandleProps {
  readonly frame: Frame;
  readonly at: readonly [x: number, y: number];
  readonly name: string;
  readonly shape: 'square' | 'circle' | 'diamond';
  readonly moved: (sky: readonly [y: number, x: number], moving: boolean) => void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Handle({ frame, at, name, shape, moved }: HandleProps) {
  const picture = useRef<Place | undefined>(undefined);
  function place(event: PointerEvent, { left, top, width, height }: Place): readonly [number, number] {
    return toSky(frame, (100 * (event.pageX - left)) / width, (100 * (event.pageY - top)) / height);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button in SVG
    <g
      class="handle"
      transform={`translate(${at[0]} ${at[1]})`}
      tabindex={0}
      role="button"
      aria-label={`${name}: drag, or move with the arrow keys`}
      onPointerDown={(event) => {
        picture.current = placeOf(event.currentTarget);
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => {
        if (picture.current !== undefined) moved(place(event, picture.current), true);
      }}
      onPointerUp={(event) => {
        if (picture.current === undefined) return;
        moved(place(event, picture.current), false);
        picture.current = undefined;
      }}
      onKeyDown={(event) => {
        const arrow = arrows[event.key];
        if (arrow === undefined) return;
        event.preventDefault();
        const step = event.shiftKey ? 2.5 : 0.5;
        moved(toSky(frame, at[0] + step * arrow[0], at[1] + step * arrow[1]), false);
      }}
    >
      <circle class="grip" r="4.5" />
      <path d={outlines[shape]} />
    </g>
  );
}

/** Where a picture is on the page: it stays while something on it is dragged, and to ask every time would lay it out. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function placeOf({ ownerSVGElement }: SVGElement): Place | undefined {
  if (ownerSVGElement === null) return undefined;
  const { left, top, width, height } = ownerSVGElement.getBoundingClientRect();
  return { left: left + window.scrollX, top: top + window.scrollY, width, height };
}

const outlines = {
  square: 'M-1.6-1.6h3.2v3.2h-3.2z',
  circle: 'M-1.7 0a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0z',
  diamond: 'M0-2.1L2.1 0L0 2.1L-2.1 0z',
};

function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
