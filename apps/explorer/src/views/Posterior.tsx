import { download } from '../page/download.js';
import type { Explorer } from '../page/explorer.js';

/** What a sampler has found: every parameter, and every pair of them. */
export function PosteriorView({ explorer }: { readonly explorer: Explorer }) {
  const found = explorer.posterior.value;
  if (found === undefined) return null;
  const { corner, npz, statement, converged, evaluations, logZ, parameters } = found;
  const summary = parameters.map(({ path, median }) => `${path} ${median.toPrecision(4)}`).join(', ');
  return (
    <section class="view posterior" aria-label="posterior">
      <h2>
        posterior
        <button
          type="button"
          aria-label="close the posterior"
          onClick={() => {
            explorer.posterior.value = undefined;
          }}
        >
          ×
        </button>
      </h2>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(corner)}`}
        alt={`corner plot of ${parameters.length} parameters; medians ${summary}`}
      />
      <table>
        <tbody>
          {parameters.map(({ path, median, q16, q84 }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td>
                {median.toPrecision(5)} + {(q84 - median).toPrecision(2)} − {(median - q16).toPrecision(2)}
              </td>
            </tr>
          ))}
          {logZ === undefined ? null : (
            <tr>
              <th scope="row">log Z of the model with its ranges</th>
              <td>
                {logZ.value.toFixed(2)} ± {logZ.sigma.toPrecision(1)}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <p class={converged ? 'under' : 'warning'} role="note">
        {converged ? '' : 'not converged: '}
        {statement}; {evaluations} evaluations
      </p>
      <div class="actions">
        <button type="button" onClick={() => download(npz, 'application/octet-stream', 'samples.npz')}>
          save samples.npz
        </button>
        <button type="button" onClick={() => download(corner, 'image/svg+xml', 'corner.svg')}>
          save corner.svg
        </button>
      </div>
    </section>
  );
}
