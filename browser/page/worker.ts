import { createLoopsBackend } from '@wtilde/backend-loops';
import { serveBackend } from '@wtilde/dispatch/worker';

serveBackend(createLoopsBackend(), self);
