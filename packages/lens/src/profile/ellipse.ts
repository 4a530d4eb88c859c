/** Ellipses as PyAutoLens writes them: an axis ratio and an angle, or two ellipticity components. */

export interface AxisRatioAndAngle {
  /** Minor over major axis, in (0, 1]. */
  readonly axisRatio: number;
  /** Of the major axis, in degrees counter-clockwise from the x axis. */
  readonly angle: number;
}

/** Ellipticity components (e sin 2 angle, e cos 2 angle) with e = (1 - axisRatio) / (1 + axisRatio). */
export function ellCompsFrom({ axisRatio, angle }: AxisRatioAndAngle): [number, number] {
  const ellipticity = (1 - axisRatio) / (1 + axisRatio);
  const doubled = (2 * angle * Math.PI) / 180;
  return [ellipticity * Math.sin(doubled), ellipticity * Math.cos(doubled)];
}

/** The inverse of {@link ellCompsFrom}; the angle lies in (-90, 90]. */
export function axisRatioAndAngleFrom([sine, cosine]: readonly [number, number]): AxisRatioAndAngle {
  const ellipticity = Math.hypot(sine, cosine);
  return {
    axisRatio: (1 - ellipticity) / (1 + ellipticity),
    angle: (Math.atan2(sine, cosine) * 90) / Math.PI,
  };
}
