/** Of every page that this package makes: one column on a phone, and nothing wider than the screen. */
export const pageStyle = `
body { font: 16px/1.45 system-ui, sans-serif; max-width: 1240px; margin: 1.5em auto; padding: 0 1em; color: #222; background: #fff }
h1 { font-size: 1.5em; margin: 0 0 0.3em } h2 { font-size: 1.2em; margin: 1.6em 0 0.6em } h3 { font-size: 1em; margin: 0.6em 0 0.3em; overflow-wrap: anywhere }
.warning { border-left: 4px solid #e69f00; padding: 0.3em 0.8em; background: #fff8e6 }
.verdict { font-size: 1.1em; margin: 0 0 1em }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 370px), 1fr)); gap: 1.2em }
figure { margin: 0; min-width: 0 } figure.wide { grid-column: 1 / -1 }
figcaption { color: #555; font-size: 0.9em }
.scroll { overflow-x: auto } svg { max-width: 100%; height: auto; display: block } .wide .scroll > svg { max-width: none }
table { border-collapse: collapse } th, td { text-align: left; padding: 0.2em 1.2em 0.2em 0; vertical-align: top; font-variant-numeric: tabular-nums }
th { font-weight: 400; color: #555 } pre { overflow-x: auto; background: #f5f5f5; padding: 0.8em; font-size: 0.85em }
a { color: #0057a8; overflow-wrap: anywhere }
@media (max-width: 600px) { th, td { padding-right: 0.7em; font-size: 0.85em } }
@media print { body { max-width: none } figure { break-inside: avoid } }
`;
