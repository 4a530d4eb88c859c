import type { MassProfile } from '@wtilde/lens';
import type { MaskChoice, ModelChoice } from '../engine/protocol.js';

/** The model as others take it. */
export interface Copies {
  readonly 'lens.json': string;
  readonly 'command line': string;
  readonly TypeScript: string;
  readonly PyAutoLens: string;
}

export function copiesOf({ lens, mesh, regularization }: ModelChoice, mask: MaskChoice): Copies {
  const json = JSON.stringify({ mass: lens.mass }, undefined, 2);
  const shape = `overlay:${mesh.shape[0]}x${mesh.shape[1]}`;
  const side = 2 * Math.ceil((mask.radius + Math.hypot(...mask.centre)) / mask.pixelScale) + 2;
  return {
    'lens.json': json,
    'command line': [
      'wtilde evidence --data DIR --lens lens.json',
      `--mask-radius ${mask.radius} --pixel-scale ${mask.pixelScale} --shape ${side}`,
      `--mesh ${shape} --regularization ${regularization.type}:${regularization.coefficient}`,
    ].join(' \\\n  '),
    TypeScript: `const { logEvidence, reconstruction } = await inversion.evidence({
  lens: parseLensModel(${indented(json)}),
  mesh: parseMesh('${shape}'),
  regularization: parseRegularization('${regularization.type}:${regularization.coefficient}'),
});`,
    PyAutoLens: `import autolens as al

lens = al.Galaxy(
    redshift=0.5,
${lens.mass.map((profile, at) => `    ${at === 0 ? 'mass' : `mass_${at}`}=${asPython(profile)},`).join('\n')}
)`,
  };
}

function asPython({ type, ...parameters }: MassProfile): string {
  const names = Object.entries(parameters).flatMap(([name, value]) => {
    if (name === 'axisRatio' || name === 'angle') return [];
    return [`${snake(name)}=${Array.isArray(value) ? `(${value.join(', ')})` : String(value)}`];
  });
  if ('axisRatio' in parameters || 'angle' in parameters) {
    const { axisRatio = 1, angle = 0 } = parameters;
    names.push(`ell_comps=al.convert.ell_comps_from(axis_ratio=${axisRatio}, angle=${angle})`);
  }
  return `al.mp.${type}(${names.join(', ')})`;
}

function snake(name: string): string {
  return name.replace(/[A-Z0-9]/g, (letter) => `_${letter.toLowerCase()}`);
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
