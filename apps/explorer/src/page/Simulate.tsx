import { useState } from 'preact/hooks';
import type { ArrayName } from '../engine/protocol.js';
import { Details } from '../views/Details.js';
import { NumberField } from '../views/NumberField.js';
import { Choice } from './Choice.js';
import type { Explorer } from './explorer.js';

const arrayNames: readonly ArrayName[] = ['ALMA, compact', 'SMA'];

/** An observation of the mass as it stands, with a source of one's own. */
export function Simulate({ explorer }: { readonly explorer: Explorer }) {
  return <Details summary="simulate an observation">{() => <Scene explorer={explorer} />}</Details>;
}

function Scene({ explorer }: { readonly explorer: Explorer }) {
  const [array, setArray] = useState<ArrayName>('ALMA, compact');
  const [minutes, setMinutes] = useState(5);
  const [noise, setNoise] = useState(30);
  const [y, setY] = useState(0.1);
  const [x, setX] = useState(0.02);
  const [effectiveRadius, setRadius] = useState(0.14);
  return (
    <div>
      <p class="under">of the lens as it stands, with this source behind it</p>
      <NumberField label="source y (arcsec)" value={y} step={0.01} change={setY} />
      <NumberField label="source x (arcsec)" value={x} step={0.01} change={setX} />
      <NumberField label="half-light radius" value={effectiveRadius} step={0.01} change={setRadius} />
      <Choice label="array" value={array} all={arrayNames} choose={setArray} />
      <NumberField label="minutes" value={minutes} step={1} change={setMinutes} />
      <NumberField label="noise (Jy)" value={noise} step={1} change={setNoise} />
      <button
        type="button"
        onClick={() => {
          const light = [
            {
              type: 'Sersic',
              centre: [y, x],
              intensity: 1,
              effectiveRadius,
              sersicIndex: 1,
              axisRatio: 0.7,
              angle: 110,
            },
          ] as const;
          const { mass } = explorer.model.value.lens;
          explorer.open({ kind: 'simulation', lens: { mass, light }, array, minutes, noise });
        }}
      >
        Observe
      </button>
    </div>
  );
}
