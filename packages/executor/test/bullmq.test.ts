import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import {
  createExecutor,
  createWorker,
  type Executor,
  type ExecutorOptions,
  type JoinedWorker,
  mapReduce,
  numbersOfBytes,
} from '../src/index.js';
import { installedServers, startServer } from '../src/server.js';
import { onServer } from './onServer.js';
import { ask, asks, facts, folder, jobsOf, numbersIn, squaresOf, squaresWork, tasks, version } from './squares.js';
import { fileThere, lockMs, startWorkerProcess, type WorkerProcess } from './workerProcess.js';

let marks = Date.now();

onServer((openServer) => {
  /** A server, and what joins it; all of it is gone afterwards. */
  async function scene<R>(
    play: (cast: {
      readonly url: string;
      readonly server: Awaited<ReturnType<typeof openServer>>;
      executor(how?: Partial<ExecutorOptions>): Promise<Executor>;
      worker(threads?: number): Promise<JoinedWorker>;
      process(threads?: number): Promise<WorkerProcess>;
    }) => Promise<R>,
  ): Promise<R> {
    const server = await openServer();
    const { url } = server;
    const leaving: (() => Promise<void>)[] = [];
    try {
      return await play({
        url,
        server,
        async executor(how = {}) {
          const executor = await createExecutor(`bullmq:${url}`, { tasks, version, ...how });
          leaving.push(() => executor.close());
          return executor;
        },
        async worker(threads = 1) {
          const worker = await createWorker({ url, threads, tasks, version, lockMs });
          leaving.push(() => worker.leave(true));
          return worker;
        },
        async process(threads) {
          const worker = await startWorkerProcess(url, threads);
          leaving.push(() => worker.gone());
          return worker;
        },
      });
    } finally {
      for (const leave of leaving.reverse()) await leave();
      await server.stop();
    }
  }

  test('every result, in the order of the jobs, and the same sums as in one thread', async () => {
    await scene(async ({ url, executor, worker }) => {
      const [first, second] = [await worker(2), await worker(1)];
      const jobs = [...jobsOf(40), ...jobsOf(3)];
      const crew = await (await executor()).start(squaresWork());
      expect(numbersIn(await crew.map(jobs))).toEqual(squaresOf(jobs));
      // Equal jobs are run once.
      expect(first.counts.done + second.counts.done).toBe(40);

      const inline = await createExecutor('inline', { tasks, version });
      const read = (result: Uint8Array) => [...numbersOfBytes(result)].map((x) => 1 / (x + 1e-3));
      const add = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x + b[i]);
      const alone = await mapReduce(await inline.start(squaresWork()), jobs, read, add);
      expect(await mapReduce(crew, jobs, read, add)).toEqual(alone);

      // Of all that, the server keeps no result, and the dataset once.
      const redis = new Redis(url);
      expect(await redis.keys('wtilde:result:*')).toEqual([]);
      expect(await redis.keys('wtilde:work:*')).toHaveLength(1);
      redis.disconnect();
    });
  });

  test('more jobs than are given to the server at once', async () => {
    await scene(async ({ executor, worker }) => {
      await worker(2);
      const jobs = jobsOf(4500);
      const crew = await (await executor()).start(squaresWork());
      expect(numbersIn(await crew.map(jobs))).toEqual(squaresOf(jobs));
    });
  });

  test('a job that fails is reported, is tried again by the next run, and stops nobody', async () => {
    await scene(async ({ executor, worker }) => {
      await worker(1);
      const [first, last] = jobsOf(2);
      const crew = await (await executor()).start(squaresWork());
      for (const _ of [1, 2]) {
        const outcomes = await crew.map([first, ask(asks.error), last, ask(asks.typed)]);
        expect(numbersIn(outcomes)).toEqual([...squaresOf([first]), 'DeviceFailure', ...squaresOf([last]), facts.code]);
        expect(outcomes?.[1].failure).toMatchObject({ where: 'job', actual: 'no square today' });
        expect(outcomes?.[3].failure).toMatchObject(facts);
      }
    });
  });

  test('a worker that is killed costs nothing but time', async () => {
    await scene(async ({ executor, process, worker }) => {
      const victim = await process(1);
      const mark = marks++;
      const jobs = [ask(asks.waitsOnce, mark), ...jobsOf(5)];
      const crew = await (await executor()).start(squaresWork());
      const running = crew.map(jobs);
      await fileThere(join(folder, String(mark)));
      victim.kill('SIGKILL');
      await worker(1);
      expect(numbersIn(await running)).toEqual(squaresOf(jobs));
    });
  });

  test('a frozen worker: another does its job, and what it says when it wakes is not counted', async () => {
    await scene(async ({ executor, process, worker }) => {
      const frozen = await process(1);
      const mark = marks++;
      const jobs = [ask(asks.waitsOnce, mark), ...jobsOf(5)];
      const crew = await (await executor()).start(squaresWork());
      const running = crew.map(jobs);
      await fileThere(join(folder, String(mark)));
      frozen.kill('SIGSTOP');
      await worker(1);
      expect(numbersIn(await running)).toEqual(squaresOf(jobs));
      frozen.kill('SIGCONT');
      expect(numbersIn(await crew.map(jobsOf(3)))).toEqual(squaresOf(jobsOf(3)));
    });
  });

  test('a job that kills every worker is set aside, and the others are done', async () => {
    await scene(async ({ executor, process }) => {
      const jobs = [...jobsOf(3), ask(asks.processEnds)];
      let over = false;
      let latest = process(1);
      /** As a service manager does. */
      const service = (async () => {
        for (; !over; latest = process(1)) await (await latest).ended;
      })();
      const crew = await (await executor()).start(squaresWork());
      const outcomes = await crew.map(jobs);
      over = true;
      // One that still starts must not outlive the server.
      await (await latest).gone();
      await service;
      await (await latest).gone();
      expect(numbersIn(outcomes)).toEqual([...squaresOf(jobsOf(3)), 'DeviceFailure']);
      expect(outcomes?.[3].failure?.message).toMatch(/every worker that took the job died of it, 3 of them/);
      expect(outcomes?.[3].failure?.where).toMatch(/^job w-[0-9a-f]{24}-[0-9a-f]{24}$/);
    });
  });

  test('a server that comes back empty: the run goes on', async () => {
    await scene(async ({ server, executor, worker }) => {
      await worker(1);
      const mark = marks++;
      const jobs = [...jobsOf(5), ask(asks.waitsFor, mark), ...jobsOf(30)];
      const crew = await (await executor()).start(squaresWork());
      const running = crew.map(jobs);
      await fileThere(join(folder, String(mark)));
      await server.stop();
      await server.start();
      writeFileSync(join(folder, `go-${mark}`), '');
      expect(numbersIn(await running)).toEqual(squaresOf(jobs));
    });
  });

  test('a server that does not come back: one clear error', async () => {
    await scene(async ({ server, executor }) => {
      const crew = await (await executor({ patienceMs: 300 })).start(squaresWork());
      const running = crew.map(jobsOf(3));
      const refused = expect(running).rejects.toThrow(
        /^redis:\/\/127\.0\.0\.1:\d+: no server answers for 0.3 s.*start it again and repeat the command/,
      );
      await server.stop();
      await refused;
    });
  });

  test('a server whose memory is full: the run waits, and goes on when there is some', async () => {
    await scene(async ({ url, executor, worker }) => {
      await worker(1);
      const redis = new Redis(url);
      const mark = marks++;
      const jobs = [...jobsOf(5), ask(asks.waitsFor, mark), ...jobsOf(30)];
      let told = (_: string) => {};
      const note = new Promise<string>((resolve) => {
        told = resolve;
      });
      const crew = await (await executor({ onNote: (text) => told(text) })).start(squaresWork());
      const running = crew.map(jobs);
      await fileThere(join(folder, String(mark)));
      await redis.config('SET', 'maxmemory', '1');
      writeFileSync(join(folder, `go-${mark}`), '');
      expect(await note).toMatch(/the memory of the server is full; give it more/);
      await redis.config('SET', 'maxmemory', '0');
      expect(numbersIn(await running)).toEqual(squaresOf(jobs));
      redis.disconnect();
    });
  });

  test('a server whose memory stays full: one clear error, and what was done is not done again', async () => {
    await scene(async ({ url, executor, worker }) => {
      const joined = await worker(1);
      const redis = new Redis(url);
      const mark = marks++;
      const jobs = [...jobsOf(5), ask(asks.waitsFor, mark)];
      const first = await executor({ patienceMs: 300 });
      let done = 0;
      const onOutcome = () => {
        done += 1;
      };
      const running = (await first.start(squaresWork())).map(jobs, { onOutcome });
      await fileThere(join(folder, String(mark)));
      await expect.poll(() => done).toBe(5);
      await redis.config('SET', 'maxmemory', '1');
      writeFileSync(join(folder, `go-${mark}`), '');
      await expect(running).rejects.toThrow(
        /^redis:\/\/127\.0\.0\.1:\d+: the memory of the server is full .*repeat the command/,
      );
      await expect(executor({ patienceMs: 300 })).rejects.toMatchObject({ code: 'BackendUnavailable' });
      await expect(first.start(squaresWork({ factor: 2 }))).rejects.toMatchObject({ code: 'BackendUnavailable' });
      await redis.config('SET', 'maxmemory', '0');
      const crew = await (await executor()).start(squaresWork());
      expect(numbersIn(await crew.map(jobs))).toEqual(squaresOf(jobs));
      expect(joined.counts.done).toBe(6);
      redis.disconnect();
    });
  });

  test('a run that was given up is gone on with: what is done is not done again', async () => {
    await scene(async ({ executor, worker }) => {
      const joined = await worker(1);
      const jobs = jobsOf(8);
      const first = await executor();
      const stop = new AbortController();
      let done = 0;
      const onOutcome = () => {
        done += 1;
        if (done === 3) stop.abort();
      };
      await expect(
        (await first.start(squaresWork())).map(jobs, { signal: stop.signal, onOutcome }),
      ).rejects.toMatchObject({ code: 'Aborted' });
      const crew = await (await executor()).start(squaresWork());
      expect(numbersIn(await crew.map(jobs))).toEqual(squaresOf(jobs));
      expect(joined.counts.done).toBe(8);
    });
  });

  test('who asks again for what was done before gets it, made anew', async () => {
    await scene(async ({ executor, worker }) => {
      const joined = await worker(1);
      const jobs = jobsOf(6);
      for (const time of [1, 2, 3]) {
        const crew = await (await executor()).start(squaresWork());
        expect(numbersIn(await crew.map(jobs))).toEqual(squaresOf(jobs));
        expect(joined.counts.done).toBe(6 * time);
      }
    });
  });

  test('two who ask for the same at once both get it', async () => {
    await scene(async ({ executor, worker }) => {
      await worker(2);
      const jobs = jobsOf(30);
      const crews = [await (await executor()).start(squaresWork()), await (await executor()).start(squaresWork())];
      for (const outcomes of await Promise.all(crews.map((crew) => crew.map(jobs)))) {
        expect(numbersIn(outcomes)).toEqual(squaresOf(jobs));
      }
    });
  });

  test('a worker that is asked to leave does what it has begun', async () => {
    await scene(async ({ executor, process }) => {
      const worker = await process(1);
      const mark = marks++;
      const jobs = [ask(asks.waitsFor, mark)];
      const crew = await (await executor()).start(squaresWork({ folder: `${folder}` }));
      const running = crew.map(jobs);
      await fileThere(join(folder, String(mark)));
      worker.kill('SIGTERM');
      writeFileSync(join(folder, `go-${mark}`), '');
      expect(numbersIn(await running)).toEqual(squaresOf(jobs));
      expect(await worker.ended).toBe(0);
    });
  });

  test('who waits for workers is told that there are none', async () => {
    await scene(async ({ executor, worker }) => {
      let told = (_: string) => {};
      const note = new Promise<string>((resolve) => {
        told = resolve;
      });
      const crew = await (await executor({ onNote: (text) => told(text) })).start(squaresWork());
      const running = crew.map(jobsOf(2));
      expect(await note).toMatch(/no worker has joined the server; start one with wtilde worker --connect/);
      await worker();
      expect(numbersIn(await running)).toEqual(squaresOf(jobsOf(2)));
    });
  });

  test('other versions, other datasets and servers that forget are refused', async () => {
    await scene(async ({ url, executor, worker }) => {
      const first = await executor();
      await expect(createWorker({ url, threads: 1, tasks, version: '9.9.9', lockMs })).rejects.toThrow(
        /^wtilde version: another version of wtilde uses the server \(expected 9\.9\.9, got 1\.2\.3\)/,
      );
      await expect(createExecutor(`bullmq:${url}`, { tasks, version: '9.9.9' })).rejects.toMatchObject({
        code: 'InvalidContract',
        where: 'wtilde version',
      });

      const redis = new Redis(url);
      const crew = await first.start(squaresWork());
      const key = `wtilde:work:${crew.hash}`;
      await redis.setrange(key, 40, 'another');
      await worker();
      const [outcome] = (await crew.map(jobsOf(1))) ?? [];
      expect(outcome.failure?.message).toMatch(/^work: the dataset is not the one that the jobs are about/);

      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      await expect(executor()).rejects.toThrow(/^redis:.* forgets keys when its memory is full.*noeviction/);
      redis.disconnect();
    });
  });

  test('a server that does not start is said', async () => {
    const refused = { code: 'BackendUnavailable', where: 'no-such-server' };
    await expect(startServer('no-such-server')).rejects.toMatchObject(refused);
    const [program = ''] = installedServers();
    await expect(startServer(program, ['--no-such-setting', '1'])).rejects.toMatchObject({
      code: 'BackendUnavailable',
      where: program,
    });
  });

  test('no server at all is said at once', async () => {
    const server = await openServer();
    await server.stop();
    await expect(createExecutor(`bullmq:${server.url}`, { tasks, version })).rejects.toThrow(
      /^redis:\/\/127\.0\.0\.1:\d+: no server answers.*ECONNREFUSED.*start one/,
    );
    await expect(createWorker({ url: server.url, threads: 1, tasks, version })).rejects.toMatchObject({
      code: 'BackendUnavailable',
    });
  });
});
