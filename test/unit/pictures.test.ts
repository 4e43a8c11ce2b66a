import { describe, expect, test } from '@jest/globals';

import { terminalSvg } from '../../docs/pictures/terminal-svg.js';

const scene = (output: string, command = 'tfrepair diagnose') => ({ prompt: 'robin $', command, output });

describe('the picture of a terminal', () => {
  test('text is escaped, and nothing but colours is taken from what was said', () => {
    const svg = terminalSvg('a < b', [scene('<script>&\u001B[2J')], 80);
    expect(svg).toContain('<title>a &lt; b</title>');
    expect(svg).toContain(String.raw`<tspan>&lt;script&gt;&amp;\x1b[2J</tspan>`);
    expect(svg).not.toContain('<script>');
  });

  test('colours and weights begin and end where they do in the terminal', () => {
    const svg = terminalSvg('t', [scene('\u001B[31m\u001B[1mDANGER\u001B[22m\u001B[39m a queue')], 80);
    expect(svg).toContain('<tspan fill="#ff7b72" font-weight="bold">DANGER</tspan><tspan> a queue</tspan>');
  });

  test('a line that is longer than the terminal goes on in the next one, whatever its colours', () => {
    const svg = terminalSvg('t', [scene(`${'a'.repeat(39)}\u001B[31m${'b'.repeat(3)}`)], 40);
    const lines = [...svg.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, spans]) =>
      spans?.replaceAll(/<[^>]*>/g, ''),
    );
    expect(lines).toEqual(['robin $ tfrepair diagnose', `${'a'.repeat(39)}b`, 'bb']);
    expect(svg).toContain('<tspan fill="#ff7b72">bb</tspan>');
  });
});
