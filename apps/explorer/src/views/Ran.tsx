import type { Explorer } from '../page/explorer.js';

/** What ran where, and what is doubtful. */
export function RanView({ explorer }: { readonly explorer: Explorer }) {
  const found = explorer.evaluated.value;
  const opened = explorer.opened.value;
  const warnings = found?.warnings ?? opened?.warnings ?? [];
  return (
    <section class="ran" aria-label="how it was computed">
      {warnings.map(({ code, what, values, remedy }) => (
        <p key={code} class="warning" role="note">
          {what} ({values}); {remedy}.
        </p>
      ))}
      <details>
        <summary>what ran where</summary>
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
            <option value="wasm">WebAssembly, where it is to be had</option>
            <option value="loops">plain loops</option>
          </select>
        </label>
      </details>
    </section>
  );
}
