import { existsSync } from 'node:fs';

/** Chromium or a relative of it, where WTILDE_BROWSER or the usual places have one. */
export function findBrowser(): string | undefined {
  const places = [
    process.env.WTILDE_BROWSER,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((place) => place !== undefined && place !== '' && existsSync(place));
}

/** True where WTILDE_REQUIRE says that a missing browser is a failure. */
export function browserRequired(): boolean {
  return (process.env.WTILDE_REQUIRE ?? '').split(',').includes('browser');
}

/** Flags of Chromium: WebGPU and WebGL in software, whether there is a GPU or not. */
export const softwareGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--enable-features=Vulkan',
];
