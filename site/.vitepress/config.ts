import { defineConfig, type MarkdownRenderer } from 'vitepress';
import { anchorOf } from '../../scripts/anchors.ts';
import { sidebar } from '../navigation.ts';

const base = process.env.SITE_BASE ?? '/';

export default defineConfig({
  title: 'wtilde',
  description: 'Sources behind gravitational lenses, from what a radio interferometer measured',
  base,
  head: [['link', { rel: 'icon', href: `${base}ring.svg` }]],
  srcDir: '.cache/pages',
  srcExclude: ['public/**'],
  outDir: 'dist',
  cacheDir: '.cache/vitepress',
  // Beside the pages, made by others.
  ignoreDeadLinks: [/^\/(api|explorer)\//],
  lastUpdated: false,
  // Links to headings must hold in the repository too.
  // Formulas as GitHub shows them, between dollars.
  markdown: { math: true, anchor: { slugify: anchorOf }, config: breakLongNames },
  vite: { logLevel: 'warn', build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    logo: '/ring.svg',
    nav: [
      { text: 'Documentation', link: '/docs/', activeMatch: '^/(docs|packages)/' },
      { text: 'Explorer', link: '/explore' },
      { text: 'API', link: '/api/index.html', target: '_self' },
    ],
    sidebar: [...sidebar()].map((group) => ({ ...group, items: [...group.items] })),
    outline: [2, 3],
    search: { provider: 'local', options: { detailedView: true } },
    footer: { message: 'BSD-3-Clause' },
  },
});

/** Names of kernels are long: they may go on in the next line where a word of them begins. */
function breakLongNames({ renderer }: MarkdownRenderer): void {
  const plain = renderer.rules.code_inline;
  renderer.rules.code_inline = (...given) => {
    const html = plain?.(...given) ?? '';
    return html.replace(
      />([^<]{16,})</,
      (_, code: string) => `>${code.replace(/(?<=[a-z])(?=[A-Z])|(?<=[_/,=:])(?=\w)/g, '<wbr>')}<`,
    );
  };
}
