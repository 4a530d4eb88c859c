/** The picture of the explorer: here the explorer itself is a click away. */
const linkedPicture = /(\[!\[[^\]]*\]\([^)]*\)\])\([^)]*\)/;

/** The first page: what README.md says, below its first paragraph and three ways to begin. */
export function homePage(readme: string): string {
  const [, name = '', tagline = '', rest = ''] = /^# (.*)\n+(.*)\n+([\s\S]*)$/.exec(readme) ?? [];
  return `---
layout: home
hero:
  name: ${name}
  text: ''
  tagline: ${JSON.stringify(tagline)}
  image: { src: /hero.svg, alt: 'A source reconstructed from visibilities, with the caustic of its lens, and its images through the lens' }
  actions:
    - { theme: brand, text: Tutorial, link: /docs/tutorial }
    - { theme: alt, text: Drag a lens, link: /explore }
    - { theme: alt, text: Concepts, link: /docs/concepts }
---

${rest.replace(linkedPicture, '$1(/explore)')}`;
}
