import { createWasmBackend } from '@wtilde/backend-wasm';
import { serveBackend } from '@wtilde/dispatch/worker';

serveBackend(createWasmBackend({ threads: 1 }), self);
