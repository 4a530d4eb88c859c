import { availableParallelism } from 'node:os';
import { WtildeError } from '@wtilde/core-types';
import { requireThreads } from './threads/createThreads.js';

/** How work is to be run. */
export type ExecutorChoice =
  | { readonly kind: 'inline' }
  | { readonly kind: 'threads'; readonly threads: number }
  | { readonly kind: 'bullmq'; readonly url: string }
  | { readonly kind: 'array'; readonly folder: string };

/** Reads `inline`, `threads`, `threads:N`, `bullmq:redis://HOST:PORT[/DB]` or `array:DIR`; throws InvalidOption. */
export function parseExecutor(text: string): ExecutorChoice {
  const [kind, rest] = text.includes(':')
    ? [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
    : [text];
  if (kind === 'inline' && rest === undefined) return { kind };
  if (kind === 'threads' && rest === undefined) return { kind, threads: availableParallelism() };
  if (kind === 'threads' && /^\d+$/.test(rest ?? '')) return { kind, threads: requireThreads(Number(rest)) };
  if (kind === 'bullmq' && rest !== undefined) return { kind, url: serverUrl(rest) };
  if (kind === 'array' && rest !== undefined && rest !== '') return { kind, folder: rest };
  throw new WtildeError('InvalidOption', {
    what: 'there is no such way to run work',
    where: 'executor',
    expected: 'inline, threads, threads:N, bullmq:redis://HOST:PORT[/DB] or array:DIR',
    actual: text === '' ? 'nothing' : text,
    remedy: 'name one of those',
  });
}

/** The address of a server as it may be shown: without its password. */
export function shownUrl(url: string): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.href;
}

/** `redis://` or, with TLS, `rediss://`, with user and password where there are any. */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  if (plain && /^(\/\d*)?$/.test(url.pathname)) return url.href;
  throw new WtildeError('InvalidOption', {
    what: 'this is no address of a server',
    where: 'executor',
    expected: 'redis://HOST:PORT[/DB], or rediss:// with TLS',
    actual: plain ? url.pathname : text.replace(/:[^:@/]*@/, ':***@'),
    remedy: 'name one like redis://localhost:6379',
  });
}
