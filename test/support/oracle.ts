import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { JsonObject } from '../../src/json.js';
import type { RenderAccount } from '../../src/tf-config/model/account.js';
import { ExistingOutputs } from '../../src/tf-config/model/outputs.js';
import type { Spec } from '../../src/tf-config/model/spec.js';
import type { SpecsInput } from '../../src/tf-config/render-specs.js';
import { resourceYaml } from '../../src/tf-config/resource-yaml.js';
import { indexSpecs } from '../../src/tf-config/spec-index.js';

/** Golden configs of the real renderer; `public` renders, `errors` must fail. */
export type OraclePart = 'public' | 'errors';

interface Answers {
  accounts: (Omit<RenderAccount, 'partition'> & { partition: string | null })[];
  namespaces: NamespaceAnswer[];
  resources: { path: string; content: string }[];
}

interface NamespaceAnswer {
  name: string;
  delete: boolean | null;
  managedExternalResources: boolean | null;
  environment: { name: string };
  app: { name: string };
  cluster: { name: string; spec: { region: string } | null };
  externalResources:
    | {
        provider: string;
        provisioner: { name: string };
        resources?: (JsonObject & { provider: string; identifier: string })[];
      }[]
    | null;
}

export function oracleFile(part: OraclePart, name: string): string {
  return fileURLToPath(new URL(`../fixtures/oracle/${part}/${name}`, import.meta.url));
}

/** Names of the case folders. */
export function oracleCases(part: OraclePart): string[] {
  return readdirSync(oracleFile(part, '.'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'print-only')
    .map((entry) => entry.name);
}

function json(part: OraclePart, name: string): unknown {
  return JSON.parse(readFileSync(oracleFile(part, name), 'utf8'));
}

/** Loads the recorded GraphQL answers of a part once, for rendering its accounts. */
export function loadOracle(part: OraclePart): (accountName: string) => SpecsInput {
  const { accounts } = json(part, 'accounts.json') as Pick<Answers, 'accounts'>;
  const { namespaces } = json(part, 'namespaces.json') as Pick<Answers, 'namespaces'>;
  const { resources } = json(part, 'resources.json') as Pick<Answers, 'resources'>;
  const contents = new Map(resources.map(({ path, content }) => [path, content]));
  return (name) => {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account === undefined) throw new Error(`the oracle has no account ${name}`);
    const specs = namespaces
      .flatMap((namespace) => specsOf(namespace))
      .filter(({ account: of, fields }) => of === name && fields['managed_by_erv2'] !== true);
    const content = (path: string): string => {
      const text = contents.get(path);
      if (text === undefined) throw new Error(`the oracle has no resource ${path}`);
      return text;
    };
    return {
      account: { ...account, partition: account.partition ?? 'aws' },
      specs,
      find: indexSpecs(specs),
      existing: ExistingOutputs.none(),
      content,
      yaml: resourceYaml(content),
      answers: new Map(),
      randomPassword: () => 'RANDOMrandom01234567',
      plainSecrets: true,
    };
  };
}

function specsOf(namespace: NamespaceAnswer): Spec[] {
  if (namespace.delete === true || namespace.managedExternalResources !== true) return [];
  return (namespace.externalResources ?? []).flatMap(({ provider, provisioner, resources = [] }) =>
    provider !== 'aws'
      ? []
      : resources.map((fields) => ({
          provider: fields.provider,
          identifier: fields.identifier,
          account: provisioner.name,
          namespace: {
            name: namespace.name,
            path: '',
            cluster: { name: namespace.cluster.name, region: namespace.cluster.spec?.region ?? null },
            environment: namespace.environment.name,
            app: namespace.app.name,
          },
          fields,
        })),
  );
}
