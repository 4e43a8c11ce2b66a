import { benchConfig } from './config.bench.js';
import { benchPlan } from './plan.bench.js';
import { benchServer } from './server.bench.js';
import { benchSurgery } from './surgery.bench.js';

/** Every benchmark: `npm run bench`, or `npm run bench NAME` for one of them. */
const BENCHES: Readonly<Record<string, () => Promise<string[]>>> = {
  server: benchServer,
  config: benchConfig,
  surgery: benchSurgery,
  plan: benchPlan,
};

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`${name}\n`);
  for (const line of await bench()) process.stdout.write(`  ${line}\n`);
}
