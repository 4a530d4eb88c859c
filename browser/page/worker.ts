import { createLoopsBackend } from '@wtilde/backend-loops';
import { serveBackend } from '@wtilde/dispatch/worker';

/** Busy until the page lets it go on, as a kernel keeps it busy: no clock tells how long. */
addEventListener('message', ({ data }) => {
  if (data.busyUntil instanceof Int32Array) Atomics.wait(data.busyUntil, 0, 0);
});

serveBackend(createLoopsBackend(), self);
