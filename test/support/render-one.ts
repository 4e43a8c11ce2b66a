import { parse } from 'yaml';

import type { JsonObject } from '../../src/json.js';
import type { RenderAccount } from '../../src/tf-config/model/account.js';
import { needKey, type Answer, type Need } from '../../src/tf-config/model/need.js';
import { ExistingOutputs } from '../../src/tf-config/model/outputs.js';
import type { Spec } from '../../src/tf-config/model/spec.js';
import { needsOf, renderSpecs, type SpecsInput, type Unknown } from '../../src/tf-config/render-specs.js';
import { indexSpecs } from '../../src/tf-config/spec-index.js';

/** The fields of a spec, as GraphQL answers them. */
export type SpecFields = JsonObject & { provider: string; identifier: string };

/** What a test changes of the account, its files and the outside world. */
export interface World {
  account?: Partial<RenderAccount>;
  /** Resource files by path. */
  files?: Record<string, string>;
  /** Other specs of the account; they are rendered as well. */
  others?: SpecFields[];
  /** Values of the existing state's outputs, by name. */
  outputs?: Record<string, string>;
  answer?: (need: Need) => Answer;
  /** Secrets are written as they are, unless false. */
  plainSecrets?: boolean;
}

/** What rendering the one spec gave. */
export interface Rendered {
  resources: JsonObject;
  data: JsonObject;
  outputs: JsonObject;
  needs: Need[];
  warnings: string[];
  unknowns: Omit<Unknown, 'spec'>[];
  variables: { name: string; sensitive: boolean; value: string | undefined }[];
}

/** Account 111122223333 of a made-up namespace, single-region in us-east-1 unless told otherwise. */
export const ACCOUNT: RenderAccount = {
  name: 'acme',
  uid: '111122223333',
  partition: 'aws',
  resourcesDefaultRegion: 'us-east-1',
  supportedDeploymentRegions: null,
  providerVersion: '5.100.0',
  terraformUsername: 'terraform',
};

/** Renders a made-up account, and gives what came of one spec. */
export function renderOne(fields: SpecFields, world: World = {}): Rendered {
  const spec = specOf(fields);
  const input = inputOf([spec, ...(world.others ?? []).map(specOf)], world);
  const answers = new Map<string, Answer>();
  const { answer } = world;
  if (answer !== undefined) for (const need of needsOf(input)) answers.set(needKey(need), answer(need));
  const { rendered, variables, unknowns, warnings } = renderSpecs({ ...input, answers });
  const blocks = rendered[0]?.blocks;
  const ofSpec = <T extends { spec: Spec }>(items: readonly T[]): T[] =>
    items.filter((item) => item.spec === spec);
  return {
    resources: plain(blocks?.resources),
    data: plain(blocks?.dataSources),
    outputs: plain(blocks?.outputs),
    needs: needsOf({ ...input, specs: [spec] }),
    warnings: ofSpec(warnings).map(({ text }) => text),
    unknowns: ofSpec(unknowns).map(({ what, why, instead }) => ({ what, why, instead })),
    variables: variables
      .all()
      .map(({ name, sensitive, value }) => ({ name, sensitive, value: value?.reveal() })),
  };
}

function specOf(fields: SpecFields): Spec {
  return {
    provider: fields.provider,
    identifier: fields.identifier,
    account: ACCOUNT.name,
    namespace: {
      name: 'shop',
      path: '/ns/shop.yml',
      cluster: { name: 'c1', region: 'us-east-1' },
      environment: 'stage',
      app: 'shop',
    },
    fields,
  };
}

function inputOf(specs: Spec[], world: World): SpecsInput {
  const content = (path: string): string => {
    const text = world.files?.[path];
    if (text === undefined) throw new Error(`the test has no file ${path}`);
    return text;
  };
  const outputs = Object.entries(world.outputs ?? {}).map(([name, value]) => [name, { value }]);
  return {
    account: { ...ACCOUNT, ...world.account },
    specs,
    find: indexSpecs(specs),
    existing:
      world.outputs === undefined
        ? ExistingOutputs.none()
        : ExistingOutputs.parse(Object.fromEntries(outputs), 'outputs of the test'),
    content,
    yaml: (path) => parse(content(path)) as JsonObject,
    answers: new Map(),
    randomPassword: () => 'RANDOMrandom01234567',
    plainSecrets: world.plainSecrets ?? true,
  };
}

function plain(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
