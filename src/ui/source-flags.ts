import { Flags } from '@oclif/core';

const helpGroup = 'DATA';

/** Flags that name app-interface data to serve. The environment is looked at in `src/`: a flag must outrank it. */
export const sourceFlags = {
  bundle: Flags.string({
    summary: 'a bundle file; repeatable, the last is the latest [env: TFREPAIR_BUNDLE]',
    helpValue: 'FILE',
    helpGroup,
    multiple: true,
    multipleNonGreedy: true,
  }),
  'app-interface': Flags.string({
    summary: 'an app-interface checkout [env: TFREPAIR_APP_INTERFACE]',
    helpValue: 'DIR',
    helpGroup,
  }),
  schemas: Flags.string({
    summary: 'a qontract-schemas checkout, if app-interface has no schemas [env: TFREPAIR_SCHEMAS]',
    helpValue: 'DIR',
    helpGroup,
  }),
};

/** The same, for commands that can also ask a running server. */
export const endpointFlags = {
  graphql: Flags.string({
    summary: 'a running qontract server [env: TFREPAIR_GRAPHQL]',
    helpValue: 'URL',
    helpGroup,
  }),
  ...sourceFlags,
};
