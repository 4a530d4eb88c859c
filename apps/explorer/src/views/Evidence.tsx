import type { Explorer } from '../page/explorer.js';
import { WarningNote } from './WarningNote.js';

const labels: Readonly<Record<string, string>> = {
  chiSquared: 'χ²',
  regularizationTerm: 'regularization sᵗHs',
  logDetCurvatureRegMatrix: 'log det (F + H)',
  logDetRegularizationMatrix: 'log det H',
  noiseNormalization: 'noise normalization',
  chiSquared0: 'χ² of no source',
};

/** The log evidence, how sure it is, what it is made of, and how it went. */
export function EvidenceView({ explorer }: { readonly explorer: Explorer }) {
  const found = explorer.evaluated.value;
  const pinned = explorer.pinned.value;
  if (found === undefined) return null;
  const { logEvidence, errorBound, terms, ms, sourcePixels, coarse, einsteinRadius } = found;
  return (
    <section class="evidence" aria-label="evidence">
      <h2>log evidence</h2>
      <p class="number" data-coarse={coarse}>
        <output aria-live="polite" aria-atomic="true" id="log-evidence" data-value={logEvidence}>
          {coarse ? `≈ ${logEvidence.toFixed(2)}` : logEvidence.toFixed(4)}
        </output>
        {errorBound === undefined || errorBound < 1e-3 ? null : <small> ± {errorBound.toPrecision(1)}</small>}
      </p>
      {pinned === undefined ? null : (
        <p class="compared">
          {difference(logEvidence - pinned.logEvidence)} against the kept model ({pinned.logEvidence.toFixed(2)}), odds{' '}
          {odds(logEvidence - pinned.logEvidence)}{' '}
          <button type="button" onClick={() => explorer.change(pinned.model)}>
            Back to it
          </button>
        </p>
      )}
      {found.warnings.map((warning) => (
        <WarningNote key={warning.code} {...warning} />
      ))}
      <table>
        <tbody>
          {Object.entries(terms).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{labels[name] ?? name}</th>
              <td>{value.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="under">
        {einsteinRadius === undefined ? '' : `Einstein radius ${einsteinRadius.toFixed(4)}″, `}
        {sourcePixels} source pixels, {ms.toFixed(0)} ms
      </p>
      <Visits explorer={explorer} />
    </section>
  );
}

/** The log evidences of the models so far, the newest to the right. */
function Visits({ explorer }: { readonly explorer: Explorer }) {
  const visits = explorer.visits.value;
  if (visits.length < 2) return null;
  const values = visits.map(({ logEvidence }) => logEvidence);
  const best = Math.max(...values);
  const span = Math.max(best - Math.min(...values), 1e-9);
  const x = (at: number) => 2 + (96 * at) / (values.length - 1);
  const y = (value: number) => 3 + (24 * (best - value)) / span;
  const path = values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return (
    <svg
      class="visits"
      viewBox="0 0 100 30"
      role="img"
      aria-label={`${values.length} models so far; the best has ${best.toFixed(2)}`}
    >
      <path d={path} />
      <circle cx={x(values.indexOf(best))} cy={y(best)} r="1.4" />
    </svg>
  );
}

function difference(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;
}

function odds(value: number): string {
  const ratio = Math.exp(Math.min(Math.abs(value), 40));
  const shown = Math.abs(value) > 13.8 ? 'more than a million' : ratio.toPrecision(2);
  return value >= 0 ? `${shown} to 1` : `1 to ${shown}`;
}
