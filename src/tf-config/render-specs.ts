import { FailedError, messageOf } from '../errors.js';
import type { JsonObject } from '../json.js';
import { Secret } from '../secret.js';
import type { RenderAccount } from './model/account.js';
import { Blocks } from './model/document.js';
import { needKey, type Answer, type KnownOrNot, type Need } from './model/need.js';
import type { ExistingOutputs } from './model/outputs.js';
import type { ProviderRenderer, RenderContext, RenderInput } from './model/provider.js';
import { outputPrefix, specLabel, type Spec } from './model/spec.js';
import { mergedValues } from './model/values.js';
import { Variables } from './model/variables.js';
import { rendererOf } from './registry.js';

/** Everything an account's specs are rendered from. No I/O happens from here on. */
export interface SpecsInput {
  readonly account: RenderAccount;
  readonly specs: readonly Spec[];
  /** The first of `specs` with this provider and identifier. */
  readonly find: (provider: string, identifier: string) => Spec | undefined;
  readonly existing: ExistingOutputs;
  /** Text of resource files by path. */
  readonly content: (path: string) => string;
  /** A resource file parsed as YAML; may be shared, it is copied before use. */
  readonly yaml: (path: string) => JsonObject;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly randomPassword: () => string;
  /** Write secrets as they are instead of variables. */
  readonly plainSecrets: boolean;
}

/** Something that a spec wanted and that could not be told. */
export interface Unknown {
  readonly spec: Spec;
  readonly what: string;
  readonly why: string;
  /** What stands in the config instead. */
  readonly instead: 'value of the state' | 'placeholder variable' | 'new random value';
}

export interface RenderWarning {
  readonly spec: Spec;
  readonly text: string;
}

export interface RenderedSpec {
  readonly spec: Spec;
  readonly blocks: Blocks;
}

export interface RenderedSpecs {
  readonly rendered: readonly RenderedSpec[];
  readonly variables: Variables;
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly RenderWarning[];
}

/** What a spec can read; shared by finding its needs and rendering it. */
export function renderInput(spec: Spec, input: SpecsInput): RenderInput {
  const { account, existing } = input;
  const defaultsOf = (of: Spec): JsonObject | undefined => {
    const path = of.fields['defaults'];
    return typeof path === 'string' && path !== '' ? input.yaml(path) : undefined;
  };
  return {
    account,
    values: (of = spec) => mergedValues(of, account, defaultsOf(of)),
    content: input.content,
    yaml: (path) => {
      const values = structuredClone(input.yaml(path));
      delete values['$schema'];
      return values;
    },
    find: (provider, identifier) => input.find(provider, identifier),
    ofProvider: (provider) => input.specs.filter((candidate) => candidate.provider === provider),
    existing: (key, of = spec) => existing.get(of, key),
    answer: (need) => answerOf(need, input.answers),
  };
}

function answerOf(need: Need, answers: SpecsInput['answers']): KnownOrNot {
  const answer = answers.get(needKey(need)) ?? { known: false, why: 'it was not asked for' };
  if ('error' in answer) throw answer.error;
  return answer;
}

/** Renders each spec into blocks of its own. @throws FailedError naming the spec */
export function renderSpecs(input: SpecsInput): RenderedSpecs {
  const variables = new Variables();
  const unknowns: Unknown[] = [];
  const warnings: RenderWarning[] = [];
  const rendered = input.specs.map((spec) => {
    const blocks = new Blocks();
    const context = renderContext(spec, blocks, input, { variables, unknowns, warnings });
    naming(spec, () => {
      knownRenderer(spec).render(spec, context);
    });
    return { spec, blocks };
  });
  return { rendered, variables, unknowns, warnings };
}

/** The files that rendering these specs will read. @throws FailedError naming the spec */
export function filesOf(specs: readonly Spec[]): string[] {
  const paths = new Set<string>();
  for (const spec of specs) {
    const { defaults } = spec.fields;
    if (typeof defaults === 'string' && defaults !== '') paths.add(defaults);
    for (const path of naming(spec, () => knownRenderer(spec).files(spec))) paths.add(path);
  }
  return [...paths];
}

/** What rendering these specs needs from outside, each need once. @throws FailedError naming the spec */
export function needsOf(input: SpecsInput): Need[] {
  const needs = new Map<string, Need>();
  for (const spec of input.specs) {
    const ofSpec = naming(spec, () => knownRenderer(spec).needs(spec, renderInput(spec, input)));
    for (const need of ofSpec) needs.set(needKey(need), need);
  }
  return [...needs.values()];
}

/** @throws FailedError `ProviderUnknown` */
function knownRenderer(spec: Spec): ProviderRenderer {
  const renderer = rendererOf(spec.provider);
  if (renderer !== undefined) return renderer;
  throw new FailedError('ProviderUnknown', `tfrepair cannot render the provider ${spec.provider}`, {
    hint: 'add --skip-unknown to leave such resources out of the config',
  });
}

/** Runs `action`; an error it throws then names the account and the spec. */
function naming<T>(spec: Spec, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    const details = { cause: error, ...(error.hint === undefined ? {} : { hint: error.hint }) };
    throw new FailedError(error.code, `[${spec.account}] ${specLabel(spec)}: ${messageOf(error)}`, details);
  }
}

interface Collected {
  readonly variables: Variables;
  readonly unknowns: Unknown[];
  readonly warnings: RenderWarning[];
}

function renderContext(spec: Spec, blocks: Blocks, input: SpecsInput, to: Collected): RenderContext {
  const base = renderInput(spec, input);
  const sensitive: RenderContext['sensitive'] = (name, secret) =>
    input.plainSecrets
      ? secret
      : to.variables.declare(`${outputPrefix(spec)}__${name}`, {
          sensitive: true,
          value: new Secret(secret),
          description: `${outputPrefix(spec)}: ${name}`,
        });
  const outside = outsideContext(spec, { ...base, sensitive }, to);
  return {
    ...base,
    ...outside,
    sensitive,
    resource: (type, name, body) => blocks.resource(type, name, body),
    data: (type, name, body) => blocks.data(type, name, body),
    output: (name, value, { sensitive: marked = false } = {}) => {
      // Terraform refuses an output that refers to a sensitive variable and is not marked so itself.
      const refers = typeof value === 'string' && to.variables.isSensitive(value);
      blocks.output(name, value, { sensitive: marked || refers });
    },
    randomPassword: (what, whyNot = 'the state has none') => {
      const why = input.existing.present ? whyNot : 'no outputs of a state at hand';
      to.unknowns.push({ spec, what, why, instead: 'new random value' });
      return input.randomPassword();
    },
    warn: (text) => {
      to.warnings.push({ spec, text });
    },
  };
}

function outsideContext(
  spec: Spec,
  base: Pick<RenderContext, 'answer' | 'sensitive'>,
  to: Collected,
): Pick<RenderContext, 'fromOutside' | 'placeholder'> {
  const placeholder: RenderContext['placeholder'] = (what, why, { sensitive = false } = {}) => {
    to.unknowns.push({ spec, what, why, instead: 'placeholder variable' });
    const description = `${outputPrefix(spec)}: ${what} (${why})`;
    return to.variables.declare(`${outputPrefix(spec)}__${what}`, {
      sensitive,
      value: undefined,
      description,
    });
  };
  return {
    placeholder,
    fromOutside: (need, what, { existing, sensitive = false } = {}) => {
      const shown = (text: string): string => (sensitive ? base.sensitive(what, text) : text);
      const answer = base.answer(need);
      if (answer.known && typeof answer.value === 'string') return shown(answer.value);
      const why = answer.known ? 'there is none yet' : answer.why;
      if (existing === undefined) return placeholder(what, why, { sensitive });
      to.unknowns.push({ spec, what, why, instead: 'value of the state' });
      return shown(existing);
    },
  };
}
