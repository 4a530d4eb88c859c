import type { BackendChoice } from '../engine/protocol.js';
import { Choice } from '../page/Choice.js';
import type { Explorer } from '../page/explorer.js';
import { Details } from './Details.js';

/** What ran where, on what it could, and why. */
export function RanView({ explorer }: { readonly explorer: Explorer }) {
  const warning = explorer.computing.value?.warning;
  return (
    <section class="ran" aria-label="how it was computed">
      {warning === undefined ? null : (
        <p class="warning" role="note">
          {warning}
        </p>
      )}
      <Details summary="what ran where">{() => <RanTable explorer={explorer} />}</Details>
    </section>
  );
}

const choices = {
  'the fastest to be trusted': 'best',
  WebGPU: 'webgpu',
  WebAssembly: 'wasm',
  'plain loops': 'loops',
} as const;
type ChoiceName = keyof typeof choices;
const choiceNames: readonly ChoiceName[] = ['the fastest to be trusted', 'WebGPU', 'WebAssembly', 'plain loops'];

const nameOf = (choice: BackendChoice): ChoiceName =>
  choiceNames.find((name) => choices[name] === choice) ?? choiceNames[0];

function RanTable({ explorer }: { readonly explorer: Explorer }) {
  const found = explorer.evaluated.value;
  const computing = explorer.computing.value;
  return (
    <>
      <Choice
        label="kernels run on"
        value={nameOf(explorer.backend.value)}
        all={choiceNames}
        choose={(name) => explorer.reopen({ backend: choices[name] })}
      />
      {computing === undefined ? null : (
        <p class="why">
          {computing.used}: {computing.how}. {computing.why}.
        </p>
      )}
      {found?.errorBound === undefined ? null : (
        <p class="why">
          The log evidence is off by {found.errorBound.toPrecision(1)} at most
          {found.errorEstimate === undefined
            ? ', by rounding'
            : `; float32 brings in ${found.errorEstimate.error.toPrecision(1)}, by ${found.errorEstimate.how}`}
          .
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">kernel</th>
            <th scope="col">backend</th>
            <th scope="col">method</th>
          </tr>
        </thead>
        <tbody>
          {found?.ran.map(({ kernel, backend, method, precision }) => (
            <tr key={kernel}>
              <td>{kernel}</td>
              <td>
                {backend}, {precision}
              </td>
              <td>{method}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
