import type { MaskChoice } from '../engine/protocol.js';
import { NumberField } from '../views/NumberField.js';
import { WarningNote } from '../views/WarningNote.js';
import type { Explorer } from './explorer.js';

/** What the data are, what is doubtful about them, and which part of the sky is open. */
export function DatasetView({ explorer }: { readonly explorer: Explorer }) {
  const shown = explorer.opened.value;
  if (shown === undefined) return null;
  const { visibilities, flagged, imagePixels, beam, dirtyNoise, warnings, mask, fixedMask } = shown;
  const facts: readonly (readonly [string, string])[] = [
    ['visibilities', flagged > 0 ? `${visibilities} and ${flagged} flagged` : `${visibilities}`],
    ['image pixels', `${imagePixels}`],
    ...(beam === undefined
      ? []
      : [
          [
            'beam',
            `${beam.major.toFixed(3)}″ × ${beam.minor.toFixed(3)}″, PA ${positionAngle(beam.angle).toFixed(0)}°`,
          ] as const,
        ]),
    ['noise', `${dirtyNoise.toPrecision(3)} Jy/beam`],
  ];
  return (
    <section class="panel" aria-label="data">
      <h2>data</h2>
      {warnings.map((warning) => (
        <WarningNote key={warning.code} {...warning} />
      ))}
      <table>
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fixedMask ? (
        <p class="under">
          prepared with a mask of {mask.radius.toFixed(2)}″ and pixels of {mask.pixelScale}″
        </p>
      ) : (
        <MaskForm mask={mask} change={(next) => explorer.reopen({ mask: next })} />
      )}
    </section>
  );
}

/** From north over east, within 90 degrees of north; given from east over north. */
function positionAngle(angle: number): number {
  const turned = (((90 - angle) % 180) + 180) % 180;
  return turned > 90 ? turned - 180 : turned;
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
