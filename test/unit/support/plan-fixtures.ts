import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where real terraform's output of some plans is kept: events, text with and without colours, plan file. */
export function planFixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/plans/${name}`, import.meta.url));
}

export function planFixtureText(name: string): string {
  return readFileSync(planFixture(name), 'utf8');
}
