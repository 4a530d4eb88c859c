import type { Explorer } from './explorer.js';

/** What is looked at, what can be done, what is going on, and what has gone wrong. */
export function Header({ explorer }: { readonly explorer: Explorer }) {
  const { opened, evaluated, progress, failure, canUndo } = explorer;
  const [shown, found] = [opened.value, evaluated.value];
  const none = found === undefined;
  return (
    <>
      <header>
        <h1>wtilde explorer</h1>
        <p>
          {shown === undefined
            ? 'Drop the files of an observation, or begin with the example.'
            : `${shown.name}: ${shown.visibilities} visibilities, ${shown.imagePixels} image pixels. Drag the lens; the source follows.`}
        </p>
        <div class="actions">
          <button type="button" onClick={() => explorer.open({ kind: 'example' })}>
            Example
          </button>
          <label class="button">
            Open files
            <input
              type="file"
              multiple
              onChange={({ currentTarget: { files } }) => {
                if (files !== null && files.length > 0) explorer.openFiles([...files]);
              }}
            />
          </label>
          <button type="button" disabled={!canUndo.value} onClick={() => explorer.undo()}>
            Undo
          </button>
          <button type="button" disabled={none || found.coarse} onClick={() => explorer.keep()}>
            Keep to compare
          </button>
          <button type="button" disabled={none} onClick={() => explorer.saveSession()}>
            Save session
          </button>
          <button type="button" disabled={none} onClick={() => explorer.report()}>
            Report
          </button>
        </div>
      </header>
      <p class="status">
        <span role="status">{progress.value ?? ''}</span>
        {progress.value === undefined ? null : (
          <button type="button" onClick={() => explorer.abort()}>
            Stop
          </button>
        )}
      </p>
      {failure.value === undefined ? null : (
        <p class="failure" role="alert">
          {failure.value.message}{' '}
          {failure.value.code === 'WorkerFailed' ? (
            <button type="button" onClick={() => explorer.restart()}>
              Start again
            </button>
          ) : null}
        </p>
      )}
    </>
  );
}
