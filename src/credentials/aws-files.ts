/** The settings of each section of an AWS configuration or credentials file. */
export type AwsSections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads an AWS shared configuration or credentials file (AWS SDKs and Tools Reference Guide, "Shared config and
 * credentials files") as the SDK for JavaScript does: `#` and `;` begin a comment at the start of a line or after a
 * space, a setting without a value has nested settings below it, which are passed over here.
 */
export function parseAwsFile(text: string): AwsSections {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let nested = false;
  for (const line of text.split(/\r?\n/)) {
    const content = line.replace(/(?:^|\s)[;#].*/, '').trim();
    const [, name] = /^\[(.*)\]$/.exec(content) ?? [];
    const [, key, value] = /^([^=]+?)\s*=\s*(.*)$/.exec(content) ?? [];
    if (name !== undefined) {
      section = open(sections, name.replace(/^profile\s(["']?)(\S+)\1$/, 'profile $2'));
      nested = false;
    } else if (key !== undefined && value === '') {
      nested = true;
    } else if (key !== undefined && value !== undefined) {
      nested &&= /^\s/.test(line);
      if (!nested) section?.set(key, value);
    }
  }
  return sections;
}

function open(sections: Map<string, Map<string, string>>, name: string): Map<string, string> {
  const section = sections.get(name) ?? new Map<string, string>();
  sections.set(name, section);
  return section;
}

/** The settings of a profile, from both files; undefined when neither has it. The credentials file wins. */
export function profileIn(
  config: AwsSections,
  credentials: AwsSections,
  profile: string,
): ReadonlyMap<string, string> | undefined {
  const inConfig =
    config.get(`profile ${profile}`) ?? (profile === 'default' ? config.get('default') : undefined);
  const inCredentials = credentials.get(profile);
  if (inConfig === undefined && inCredentials === undefined) return undefined;
  return new Map([...(inConfig ?? []), ...(inCredentials ?? [])]);
}
