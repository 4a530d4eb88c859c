import { expect, it } from 'vitest';
import { softwareGpu } from '../../../browser/test/browser.js';
import { alerts, describeInBrowser, drop, opened, other, type Pages, put, settled, trueHash } from './pages.js';

describeInBrowser('what computes', (pages) => {
  const open = (...how: Parameters<Pages['open']>) => pages().open(...how);

  it('is WebAssembly where there is no WebGPU, and says why and how exactly', async () => {
    const page = await open('plain');
    await settled(page);
    await page.getByText('what ran where').click();
    // Not isolated: threads are not to be had.
    await page.waitForSelector('.why:has-text("on 1 thread"):has-text("WebGPU finds no adapter")');
    expect(await page.textContent('.why:has-text("log evidence")')).toMatch(/off by \de-\d+ at most, by rounding/);
    await page.getByLabel('kernels run on').selectOption('WebGPU');
    await page.waitForSelector('.warning:has-text("The GPU cannot be had")');
    expect(await alerts(page)).toEqual([]);
  });

  it('is WebGPU where one says so, with its error; what is behind it goes on where the GPU is lost', async () => {
    const browser = await pages().launch(softwareGpu);
    const page = await open('isolated', { hash: trueHash, within: browser });
    const example = await settled(page);
    await drop(page, [pages().npz]);
    await opened(page, 'small.npz');
    const exact = await other(page, example);
    await page.getByText('what ran where').click();
    await page.waitForSelector('.why:has-text("but a driver in software")');
    await page.getByLabel('kernels run on').selectOption('WebGPU');
    await page.waitForSelector('.why:has-text("float32 brings in")');
    const error = Number(
      /off by (\S+) at most/.exec((await page.textContent('.why:has-text("brings in")')) ?? '')?.[1],
    );
    const shown = await settled(page);
    expect(Math.abs(shown - exact)).toBeLessThan(1.5 * error);
    expect(error).toBeLessThan(0.01);
    expect(await page.locator('.ran td:has-text("webgpu, float32")').count()).toBeGreaterThan(0);
    // Lost while it computes, perhaps.
    const crashed = await browser.newBrowserCDPSession();
    const away = put(page, 'einstein radius', '1.25', shown);
    await crashed.send('Browser.crashGpuProcess');
    await page.waitForSelector('.warning:has-text("The GPU is gone")');
    const after = await put(page, 'einstein radius', '1.2', await away);
    expect(Math.abs(after / exact - 1)).toBeLessThan(1e-9);
    expect(await page.locator('.ran td:has-text("webgpu")').count()).toBe(0);
    expect(await alerts(page)).toEqual([]);
    await browser.close();
  });

  it('computes with loops where WebAssembly is forbidden, and says so', async () => {
    const page = await open('restricted', { hash: trueHash });
    const example = await settled(page);
    expect(await page.textContent('.ran')).toMatch(/Plain loops compute.*WebAssembly may not be compiled here/);
    await drop(page, [pages().npz]);
    const shown = await other(page, example);
    expect(Math.abs(shown / (await pages().inNode()) - 1)).toBeLessThan(1e-9);
  });

  it('says that its worker cannot be started', async () => {
    const page = await open('broken');
    await page.waitForSelector('[role=alert]');
    // Whatever is opened then says it again, where it waited in silence.
    await page.getByRole('button', { name: 'Example' }).click();
    await page.waitForSelector('[role=alert]');
    expect(await alerts(page)).toEqual([expect.stringContaining('could not be started')]);
  });

  it('says that its worker has ended, and starts another', async () => {
    const page = await open('isolated');
    const before = await settled(page);
    const [worker] = page.workers();
    await worker.evaluate('self.close()');
    await page.waitForSelector('[role=alert]');
    expect(await alerts(page)).toEqual([expect.stringContaining('has ended')]);
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.waitForSelector('[role=alert]', { state: 'detached' });
    const after = await put(page, 'einstein radius', '1.3', before);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await other(page, after)).toBe(before);
  });
});
