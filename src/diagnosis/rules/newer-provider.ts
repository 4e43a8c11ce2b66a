import { currentAt, isWanted, type Facts, type LocatedError } from '../facts.js';
import type { Finding } from '../finding.js';
import { importId } from '../import-id.js';
import { elsewhere, finding, forgetStep, takeOver } from '../repairs.js';
import { said } from '../words.js';
import { importContext } from './import-context.js';

/** Objects that a newer provider has written in a form that the selected one cannot read. */
export function newerProvider(facts: Facts): Finding[] {
  return facts.errors
    .filter(({ kind }) => kind === 'newer-provider')
    .map((error) => unreadable(facts, error));
}

function unreadable(facts: Facts, { addresses, diagnostic }: LocatedError): Finding {
  const [address] = addresses;
  const instance = address === undefined ? undefined : currentAt(facts, address);
  const upgrade = elsewhere(
    'upgrade the provider to the version that wrote the state',
    [],
    ['init', '-upgrade'],
  );
  const id =
    instance === undefined
      ? undefined
      : (importId(instance.type, instance.attributes, importContext(facts)) ?? instance.id);
  const canBeTakenAnew = address !== undefined && id !== undefined && isWanted(facts, address) !== false;
  return finding({
    code: 'newer-provider',
    severity: 'blocker',
    addresses,
    id: instance?.id,
    summary: `${address ?? 'a resource'} was written by a newer provider`,
    evidence: [
      { source: 'terraform', text: said(diagnostic) },
      ...(instance === undefined
        ? []
        : [{ source: 'state' as const, text: `its schema version is ${instance.schemaVersion}` }]),
    ],
    leaveStateAlone: 'a newer provider reads it as it is',
    repairs: canBeTakenAnew
      ? [
          upgrade,
          takeOver(
            'read the object again with the provider in use',
            address,
            id,
            forgetStep('forget what the newer provider wrote', [address]),
          ),
        ]
      : [upgrade],
  });
}
