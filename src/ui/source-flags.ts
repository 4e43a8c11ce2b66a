import { Flags } from '@oclif/core';

const helpGroup = 'DATA';

/** Flags that name app-interface data to serve. The environment is looked at in `src/`: a flag must outrank it. */
export const sourceFlags = {
  bundle: Flags.string({
    summary: '[env: TFREPAIR_BUNDLE] a bundle file; repeatable, the last is the latest',
    helpValue: 'FILE',
    helpGroup,
    multiple: true,
    multipleNonGreedy: true,
  }),
  'app-interface': Flags.string({
    summary: '[env: TFREPAIR_APP_INTERFACE] an app-interface checkout',
    helpValue: 'DIR',
    helpGroup,
  }),
  schemas: Flags.string({
    summary: '[env: TFREPAIR_SCHEMAS] a qontract-schemas checkout, if app-interface has no schemas',
    helpValue: 'DIR',
    helpGroup,
  }),
};

/** The same, for commands that can also ask a running server. */
export const endpointFlags = {
  graphql: Flags.string({
    summary: '[env: TFREPAIR_GRAPHQL] a running qontract server',
    helpValue: 'URL',
    helpGroup,
  }),
  ...sourceFlags,
};
