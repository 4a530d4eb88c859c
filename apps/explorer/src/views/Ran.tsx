import type { Explorer } from '../page/explorer.js';
import { Details } from './Details.js';

/** What ran where, and on what it could. */
export function RanView({ explorer }: { readonly explorer: Explorer }) {
  const instead = explorer.opened.value?.instead;
  return (
    <section class="ran" aria-label="how it was computed">
      {instead === undefined ? null : (
        <p class="warning" role="note">
          Plain loops compute, which takes several times as long: {instead}.
        </p>
      )}
      <Details summary="what ran where">{() => <RanTable explorer={explorer} />}</Details>
    </section>
  );
}

function RanTable({ explorer }: { readonly explorer: Explorer }) {
  const found = explorer.evaluated.value;
  return (
    <>
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
      <label class="field">
        <span>kernels run on</span>
        <select
          value={explorer.backend.value}
          onChange={({ currentTarget }) =>
            explorer.reopen({ backend: currentTarget.value === 'loops' ? 'loops' : 'wasm' })
          }
        >
          <option value="wasm">WebAssembly where it is to be had</option>
          <option value="loops">plain loops</option>
        </select>
      </label>
    </>
  );
}
