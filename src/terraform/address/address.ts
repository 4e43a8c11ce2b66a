/** The key of an instance: a number with `count`, a string with `for_each`, undefined without either. */
export type InstanceKey = number | string | undefined;

/** One step into a module: `module.network["a"]`. */
export interface ModuleStep {
  readonly name: string;
  readonly key: InstanceKey;
}

/** A path of modules from the root, which is the empty path. */
export type ModulePath = readonly ModuleStep[];

/** A resource, or one instance of it when there is a key. */
export interface ResourceAddress {
  readonly module: ModulePath;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey;
}

/** The address in Terraform's own spelling, e.g. `module.a["x"].data.aws_ami.web[0]`. */
export function formatAddress({ module, mode, type, name, key }: ResourceAddress): string {
  const path = module.length === 0 ? '' : `${formatModule(module)}.`;
  return `${path}${mode === 'data' ? 'data.' : ''}${type}.${name}${formatKey(key)}`;
}

/** `module.a["x"].module.b`; empty for the root. */
export function formatModule(path: ModulePath): string {
  return path.map(({ name, key }) => `module.${name}${formatKey(key)}`).join('.');
}

/** `[0]`, `["x"]` or nothing. */
export function formatKey(key: InstanceKey): string {
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `[${quoteKey(key)}]`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

/** A string as Terraform writes it in an address: an HCL string without templates. */
function quoteKey(text: string): string {
  const escaped = text
    .replaceAll(/[\n\r\t"\\]/g, (character) => SHORT_ESCAPES[character] ?? character)
    .replaceAll(/[$%](?=\{)/g, (marker) => `${marker}${marker}`)
    .replaceAll(/[^\P{C}]|[\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, unicodeEscape);
  return `"${escaped}"`;
}

/** `\u0061` or `\U0001f600`, as in a quoted string of HCL. */
export function unicodeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xff_ff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
