import { deepEqual } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkSite } from '../links.ts';

const folder = mkdtempSync(join(tmpdir(), 'wtilde-links-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test('links are followed to files, folders and anchors, below the path that the site is served at', () => {
  const links = [
    '/w/docs/page.html#here',
    '/w/docs/',
    'docs/page.html?v=1',
    '#top',
    'https://elsewhere.org/',
    '/w/docs/page.html#gone',
    '/w/docs/none.html',
    '/docs/page.html',
    '/w/w/docs/page.html',
    '/w/api/index.html',
  ];
  write('index.html', `<h1 id="top"></h1>${links.map((link) => `<a href="${link}"></a>`).join('')}`);
  write('docs/index.html', '<img src="../picture.png">');
  write('docs/page.html', '<h2 id="here"></h2>');
  // What others make is followed into, not out of.
  write('api/index.html', '<a href="nowhere.html"></a>');
  const { broken, links: followed, files } = checkSite(folder, '/w/');
  deepEqual(broken.toSorted(), [
    'docs/index.html: ../picture.png: no such file',
    'index.html: /docs/page.html: does not begin with /w/',
    'index.html: /w/docs/none.html: no such file',
    'index.html: /w/docs/page.html#gone: no such anchor',
    'index.html: /w/w/docs/page.html: no such file',
  ]);
  deepEqual({ followed, files }, { followed: 10, files: 3 });
});
