// Runs a command behind one line of progress. Plain JavaScript, for the machine's own Node: nothing is installed yet.
import { spawn } from 'node:child_process';

/**
 * Its output is kept, and printed whole where it fails; then this process ends with its exit code. Returns what it wrote
 * to stdout.
 *
 * @param {string} what the line: what is being done
 * @param {string} command as a shell reads it
 * @param {(log: string) => string} [progressOf] how far it is, from what it has printed
 */
export async function oneLine(what, command, progressOf = () => '') {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  let log = '';
  let told = '';
  // A terminal shows one line that is written again and again; a file gets its beginning and its end.
  const { isTTY, columns = 80 } = process.stderr;
  const show = () => {
    const line = [what, progressOf(log), seconds()].filter((part) => part !== '').join(', ');
    process.stderr.write(`\r\x1b[K${line.slice(0, columns - 1)}`);
  };
  if (!isTTY) process.stderr.write(`${what}...`);
  const timer = isTTY ? setInterval(show, 200) : undefined;
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  child.stdout.on('data', (chunk) => (told += chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      log += `${error}\n`;
      resolve(1);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
  clearInterval(timer);
  const ending = code === 0 ? `done in ${seconds()}` : `failed after ${seconds()}:`;
  process.stderr.write(isTTY ? `\r\x1b[K${what}: ${ending}\n` : ` ${ending}\n`);
  if (code === 0) return told;
  process.stderr.write(log);
  process.exit(code);
}
