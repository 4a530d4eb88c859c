/**
 * A thousand workers, by discrete events, from what docs/executor/measured.json says that a job costs: node
 * scripts/simulate.ts writes the table of docs/executor.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Case {
  readonly workers: number;
  /** Mean time that a job computes. */
  readonly jobMs: number;
  /** Share of the workers that die, each at some moment of the run. */
  readonly dying: number;
}

interface Costs {
  readonly serverMs: number;
  readonly callerMs: number;
  /** One way. */
  readonly networkMs: number;
  /** Jobs on the server at once. */
  readonly window: number;
  /** From the death of a worker until another may have its job. */
  readonly lostMs: number;
}

/** A job reaches the server, is there, a worker; a result is made, reaches the server, the caller, is known. */
type Kind = 'sent' | 'added' | 'taken' | 'done' | 'reported' | 'returned' | 'settled' | 'death' | 'found';
interface Event {
  readonly at: number;
  readonly kind: Kind;
  readonly worker: number;
}

/** The earliest first; of two at once, the one that was planned first. */
class Agenda {
  readonly #heap: (Event & { readonly order: number })[] = [];
  #planned = 0;

  plan(event: Event): void {
    const heap = this.#heap;
    heap.push({ ...event, order: this.#planned++ });
    let at = heap.length - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.#before(at, up); up = (at - 1) >> 1) at = this.#swap(at, up);
  }

  next(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = right < heap.length && this.#before(right, left) ? right : left;
      if (least >= heap.length || this.#before(at, least)) return first;
      at = this.#swap(at, least);
    }
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  #swap(a: number, b: number): number {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b], this.#heap[a]];
    return b;
  }
}

/** Somebody who does one thing after the other: when one that is asked for at a time will be done. */
function createQueue() {
  let free = 0;
  let busyMs = 0;
  return {
    serve(at: number, takesMs: number): number {
      free = Math.max(free, at) + takesMs;
      busyMs += takesMs;
      return free;
    },
    busy: () => busyMs,
  };
}

function simulate({ workers, jobMs, dying }: Case, costs: Costs, jobs: number) {
  const { serverMs, callerMs, networkMs, window, lostMs } = costs;
  const random = createRandom(workers + jobMs);
  const agenda = new Agenda();
  const [server, caller] = [createQueue(), createQueue()];
  const idle = Array.from({ length: workers }, (_, worker) => worker);
  const dead = new Set<number>();
  const computing = new Map<number, number>();
  let [added, waiting, settled, end, usefulMs] = [0, 0, 0, 0, 0];

  // Adding, taking and finishing are a third of what a job costs the server each; so are adding and settling half each of
  // what it costs the caller.
  const add = (at: number) => {
    added += 1;
    agenda.plan({ at: caller.serve(at, callerMs / 2) + networkMs, kind: 'sent', worker: -1 });
  };
  const give = (at: number) => {
    while (waiting > 0) {
      const worker = idle.pop();
      if (worker === undefined) return;
      if (dead.has(worker)) continue;
      waiting -= 1;
      agenda.plan({ at: server.serve(at, serverMs / 3) + networkMs, kind: 'taken', worker });
    }
  };
  const planned = (jobs * jobMs) / workers;
  for (let worker = 0; worker < dying * workers; worker++) {
    agenda.plan({ at: random() * planned, kind: 'death', worker });
  }
  for (let first = 0; first < Math.min(window, jobs); first++) add(0);

  for (let event = agenda.next(); event !== undefined && settled < jobs; event = agenda.next()) {
    const { at, kind, worker } = event;
    if (kind === 'sent') agenda.plan({ at: server.serve(at, serverMs / 3), kind: 'added', worker });
    else if (kind === 'added' || kind === 'found') waiting += 1;
    else if (kind === 'death') {
      dead.add(worker);
      if (computing.delete(worker)) agenda.plan({ at: at + lostMs, kind: 'found', worker: -1 });
    } else if (kind === 'taken') {
      if (dead.has(worker)) agenda.plan({ at: at + lostMs, kind: 'found', worker: -1 });
      else {
        const takes = jobMs * (0.8 + 0.4 * random());
        computing.set(worker, takes);
        agenda.plan({ at: at + takes, kind: 'done', worker });
      }
    } else if (kind === 'done') {
      if (!computing.has(worker)) continue;
      usefulMs += computing.get(worker) ?? 0;
      computing.delete(worker);
      agenda.plan({ at: at + networkMs, kind: 'reported', worker });
    } else if (kind === 'reported') {
      const finished = server.serve(at, serverMs / 3);
      idle.push(worker);
      agenda.plan({ at: finished + networkMs, kind: 'returned', worker });
    } else if (kind === 'returned') {
      agenda.plan({ at: caller.serve(at, callerMs / 2), kind: 'settled', worker });
    } else if (kind === 'settled') {
      settled += 1;
      end = Math.max(end, at);
      if (added < jobs) add(at);
    }
    give(at);
  }
  return { efficiency: usefulMs / (workers * end), serverLoad: server.busy() / end, callerLoad: caller.busy() / end };
}

/** Mulberry32: the same numbers everywhere. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const measured: { readonly emptyJobs: { readonly serverMsPerJob: number; readonly callerMsPerJob: number } } =
  JSON.parse(readFileSync(new URL('../../../docs/executor/measured.json', import.meta.url), 'utf8'));
const costs: Costs = {
  serverMs: measured.emptyJobs.serverMsPerJob,
  callerMs: measured.emptyJobs.callerMsPerJob,
  networkMs: 0.25,
  window: 4000,
  lostMs: 15_000,
};
const percent = (share: number) => `${(100 * share).toFixed(share > 0.995 ? 1 : 0)} %`;
const rows = [8, 64, 256, 1000, 4000].map((workers) => {
  const cells = [30, 250, 1000, 5000].map((jobMs) => {
    const { efficiency, serverLoad, callerLoad } = simulate({ workers, jobMs, dying: 0 }, costs, 50 * workers);
    return `${percent(efficiency)} (${percent(serverLoad)}, ${percent(callerLoad)})`;
  });
  const dying = simulate({ workers, jobMs: 5000, dying: 0.02 }, costs, 50 * workers);
  return `| ${[workers, ...cells, percent(dying.efficiency)].join(' | ')} |`;
});
const table = [
  '| workers | jobs of 30 ms | 250 ms | 1 s | 5 s | 5 s, 2 % of the workers die |',
  '|---|---|---|---|---|---|',
  ...rows,
].join('\n');
const page = new URL('../../../docs/executor.md', import.meta.url);
const text = readFileSync(page, 'utf8');
writeFileSync(
  page,
  text.replace(
    /<!-- simulated -->[\s\S]*<!-- \/simulated -->/,
    () => `<!-- simulated -->\n${table}\n<!-- /simulated -->`,
  ),
);
console.log(table);
