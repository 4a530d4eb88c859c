import type { FitParameter, ModelWarning } from './parameter.js';

/**
 * Parameters whose meaning ends within their prior: an angle where the ellipse may be round, and an axis ratio that is
 * folded at 1. Components have no such place.
 */
export function singularParameters(parameters: readonly FitParameter[]): readonly ModelWarning[] {
  return parameters.flatMap(({ path }) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name !== 'angle' && name !== 'axisRatio') return [];
    return [
      {
        code: 'SingularParameter' as const,
        what:
          name === 'angle'
            ? 'an angle means nothing where the ellipse is round, and comes back after 180 degrees'
            : 'an axis ratio ends at 1, where the likelihood goes on for the angle across',
        where: path,
        values: 'an ellipse by axisRatio and angle',
        remedy: 'write "ellComps": [{ "normal": [0, 0.3] }, { "normal": [0, 0.3] }] instead of both',
      },
    ];
  });
}
