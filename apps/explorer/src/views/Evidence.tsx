import type { Evaluated } from '../engine/protocol.js';
import type { Explorer, Kept } from '../page/explorer.js';
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
      {pinned === undefined ? null : <Compared explorer={explorer} kept={pinned} />}
      {found.warnings.map((warning) => (
        <WarningNote key={warning.code} {...warning} />
      ))}
      {pinned === undefined ? <Terms terms={terms} /> : <TwoTerms kept={pinned.evaluated.terms} now={terms} />}
      <p class="under">
        {einsteinRadius === undefined ? '' : `Einstein radius ${einsteinRadius.toFixed(4)}″, `}
        {sourcePixels} source pixels, {ms.toFixed(0)} ms
      </p>
      <Visits explorer={explorer} />
    </section>
  );
}

/** What the log evidence is made of. */
function Terms({ terms }: Pick<Evaluated, 'terms'>) {
  return (
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
  );
}

interface TwoProps {
  readonly kept: Evaluated['terms'];
  readonly now: Evaluated['terms'];
}

/** The same of two models, side by side. */
function TwoTerms({ kept, now }: TwoProps) {
  return (
    <table class="two">
      <thead>
        <tr>
          <td />
          <th scope="col">kept</th>
          <th scope="col">now</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(now).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{labels[name] ?? name}</th>
            <td>{kept[name]?.toFixed(1)}</td>
            <td>{value.toFixed(1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which of two models the data prefer, and by how much. */
function Compared({ explorer, kept }: { readonly explorer: Explorer; readonly kept: Kept }) {
  const logEvidence = explorer.evaluated.value?.logEvidence ?? Number.NaN;
  const logZ = explorer.posterior.value?.logZ;
  const before = kept.evaluated.logEvidence;
  return (
    <div class="compared">
      <p>
        {difference(logEvidence - before)} against the kept model ({before.toFixed(2)}), odds{' '}
        {odds(logEvidence - before)}
      </p>
      {logZ === undefined || kept.logZ === undefined || logZ === kept.logZ ? null : (
        <p>
          log Z: {difference(logZ.value - kept.logZ.value)} ± {Math.hypot(logZ.sigma, kept.logZ.sigma).toPrecision(1)},
          odds {odds(logZ.value - kept.logZ.value)}
        </p>
      )}
      <button type="button" onClick={() => explorer.change(kept.model)}>
        Back to it
      </button>{' '}
      <button
        type="button"
        onClick={() => {
          explorer.pinned.value = undefined;
        }}
      >
        Forget it
      </button>
    </div>
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
