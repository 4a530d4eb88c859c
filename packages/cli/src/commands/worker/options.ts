import type { Declaration } from '../../options/command.js';
import { needed, text, type Values, value } from '../../options/declare.js';
import { count, port } from '../../options/values.js';
import { help } from './text.js';

const options = {
  connect: needed(
    text(
      '--connect <url>',
      'the server: redis://HOST:PORT[/DB], or rediss:// with TLS; user and password as in any URL',
    ),
  ),
  threads: value('--threads <n>', 'jobs at once, each in a thread (default: one for every core)', count),
  port: value('--port <n>', 'serve /health and, for Prometheus, /metrics on this port', port),
};

export type WorkerOptions = Values<typeof options>;

export const worker: Declaration<typeof options> = { name: 'worker', help, options };
