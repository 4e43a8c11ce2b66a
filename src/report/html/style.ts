/** The page's style sheet: one column, system fonts, light or dark as the reader's system is. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --card: #fff; --ink: #1c2126; --dim: #5b6570; --line: #dfe3e8; --soft: #f4f6f8; --link: #0b57b0;
  --blocker: #a30d2d; --danger: #c4320a; --warning: #8f5b00; --notice: #1f5fa8;
  --blocker-soft: #fdf0f2; --danger-soft: #fdf2ee; --warning-soft: #fbf5e6; --notice-soft: #eff5fc;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e4e7ea; --dim: #9aa4ae; --line: #32383f; --soft: #23282d; --link: #7db6f5;
    --blocker: #ff8095; --danger: #ff9268; --warning: #e3b341; --notice: #7db6f5;
    --blocker-soft: #35191f; --danger-soft: #331f17; --warning-soft: #2e2714; --notice-soft: #17263a;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.75rem; }
main > section { margin-top: 2.75rem; }
.eyebrow { margin: 0; color: var(--dim); font-size: .8125rem; letter-spacing: .02em; }
h1 { margin: .15rem 0 .35rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.2rem; line-height: 1.3; letter-spacing: -.005em; overflow-wrap: anywhere; }
h3 { margin: 0; font: 600 .9375rem/1.5 var(--mono); overflow-wrap: anywhere; }
h4 { margin: 1.1rem 0 .35rem; color: var(--dim); font-size: .8125rem; font-weight: 600; }
p { margin: .35rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre { font-family: var(--mono); font-size: .875em; overflow-wrap: anywhere; }
small { display: block; color: var(--dim); font-size: .8125rem; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.dim, .code { color: var(--dim); }
.code { font-size: .8125rem; white-space: nowrap; }
.lead { font-size: 1.0625rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem .9rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.skip:focus { top: .75rem; z-index: 1; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .75rem 1.25rem; margin: 1.25rem 0; }
dt { color: var(--dim); font-size: .8125rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.mark { width: .8125rem; height: .8125rem; flex: none; fill: currentColor; }
.badge, .status { display: inline-flex; align-items: center; gap: .45rem; white-space: nowrap; font-size: .875rem; }
.badge { font-weight: 600; }
.blocker, .failed { --tone: var(--blocker); --tone-soft: var(--blocker-soft); }
.danger { --tone: var(--danger); --tone-soft: var(--danger-soft); }
.warning { --tone: var(--warning); --tone-soft: var(--warning-soft); }
.notice { --tone: var(--notice); --tone-soft: var(--notice-soft); }
.badge, .status { color: var(--tone, var(--dim)); }
.finding { margin: .75rem 0; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; }
.finding:target { box-shadow: 0 0 0 2px var(--tone); }
.finding > summary { position: relative; padding: .8rem 2.5rem .8rem 1.1rem; border-radius: 6px; cursor: pointer; list-style: none; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary::after { content: ""; position: absolute; right: 1.2rem; top: 1.25rem; width: .5rem; height: .5rem; border: solid var(--dim); border-width: 0 2px 2px 0; transform: rotate(45deg); }
.finding[open] > summary::after { top: 1.45rem; transform: rotate(225deg); }
.finding .sum { margin: .1rem 0 0; }
.finding .body { padding: 0 1.1rem 1.1rem; }
.finding .body > h4:first-child { margin-top: .25rem; }
.finding .body:not(:has(*)) { display: none; }
.plain { margin: 0; padding: 0; list-style: none; }
.evidence { margin: 0; }
.evidence > div { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem; padding: .3rem 0; border-top: 1px solid var(--line); }
.evidence > div:first-child { border-top: 0; }
.evidence dt { line-height: 1.9; }
.alone { margin: 1.1rem 0 0; padding: .7rem .9rem; background: var(--tone-soft); border-radius: 6px; }
.repairs { margin: 0; padding-left: 1.25rem; }
.repairs:has(> li:only-child) { padding-left: 0; list-style: none; }
.repairs > li + li { margin-top: 1rem; }
.repairs p.dim { font-size: .875rem; }
pre { margin: .4rem 0; padding: .65rem .9rem; background: var(--soft); border-radius: 6px; overflow-x: auto; user-select: all; }
pre code { font-size: .875rem; white-space: pre; overflow-wrap: normal; }
.failure { margin: .75rem 0; padding: .8rem 1.1rem; background: var(--blocker-soft); border-radius: 8px; overflow-wrap: anywhere; }
.fine { padding: .8rem 1.1rem; background: var(--soft); border-radius: 8px; }
.notes { margin: 1.25rem 0 0; padding-left: 1.1rem; color: var(--dim); font-size: .9375rem; }
.picture { margin: 1.5rem 0 0; }
.picture figcaption { margin-bottom: .5rem; color: var(--dim); font-size: .9375rem; }
.scroll { overflow: auto; max-height: 34rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.scroll svg { display: block; }
svg .edge { fill: none; stroke: var(--dim); stroke-width: 1.25; opacity: .65; }
svg .node { fill: var(--soft); stroke: var(--line); }
svg .node[class~="blocker"], svg .node[class~="danger"], svg .node[class~="warning"], svg .node[class~="notice"] { fill: var(--tone-soft); stroke: var(--tone); stroke-width: 1.5; }
svg g[class] path, svg g[class] circle { fill: var(--tone); }
svg text { fill: var(--ink); font-family: var(--mono); }
svg .type { fill: var(--dim); font-size: 11px; }
svg .name { font-size: 13px; font-weight: 600; }
.filter { display: flex; align-items: center; gap: .75rem; }
.filter[hidden] { display: none; }
.filter label { font-size: .9375rem; }
.filter input { flex: 1; min-width: 0; max-width: 26rem; padding: .45rem .7rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--dim); border-radius: 6px; }
table { width: 100%; margin-top: .5rem; border-collapse: collapse; table-layout: fixed; font-size: .9375rem; }
th, td { padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tbody th { font-weight: 600; }
thead th { border-top: 0; color: var(--dim); font-size: .8125rem; font-weight: 600; }
th:last-child, td:last-child { padding-right: 0; }
.c-name { width: 14rem; } .c-status { width: 7.5rem; }
.rows, .rows thead, .rows tbody { display: block; }
.rows tbody { content-visibility: auto; contain-intrinsic-height: 360rem; }
.rows tr { display: grid; grid-template-columns: 6.75rem minmax(0, 1fr) 12rem; gap: 0 .75rem; padding: .5rem 0; border-top: 1px solid var(--line); }
.rows.several tr { grid-template-columns: 6.75rem 10rem minmax(0, 1fr) 12rem; }
.rows thead tr { border-top: 0; }
.rows th, .rows td { padding: 0; border: 0; }
.rows [hidden] { display: none; }
footer { margin-top: 3.5rem; padding-bottom: 2.5rem; color: var(--dim); font-size: .875rem; }
@media (max-width: 40rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.5rem; }
  .evidence > div { grid-template-columns: 1fr; }
  .evidence dt { line-height: 1.5; }
  .c-name { width: 8rem; } .c-status { width: 6.25rem; }
  .rows tr, .rows.several tr { grid-template-columns: 6rem minmax(0, 1fr); }
  .rows thead { display: none; }
  .rows td { grid-column: 2; }
  .rows td:first-child { grid-column: 1; grid-row: 1; }
  th, td { padding-right: .5rem; }
  table, .badge, .status { font-size: .875rem; }
}
@media print {
  .filter, .skip { display: none; }
  .scroll { max-height: none; overflow: visible; }
  pre code { white-space: pre-wrap; }
}
`;
