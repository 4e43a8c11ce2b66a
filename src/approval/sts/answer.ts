import { parseCallerArn } from './caller-arn.js';

/** What STS says of the caller. */
export interface CallerAnswer {
  readonly arn: string;
  /** The 12-digit account id. */
  readonly account: string;
  readonly userId: string;
}

const DOCUMENT = new RegExp(
  [
    String.raw`^(?:<\?xml version="1\.0"(?: encoding="UTF-8")?\?>)?`,
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">',
    String.raw`<GetCallerIdentityResult>(?<result>.*)</GetCallerIdentityResult>`,
    String.raw`<ResponseMetadata>\s*<RequestId>[\w-]{1,128}</RequestId>\s*</ResponseMetadata>`,
    String.raw`</GetCallerIdentityResponse>\s*$`,
  ].join(String.raw`\s*`),
  's',
);
const ELEMENT = /\s*<(?<name>\w{1,20})>(?<value>[^<>&\s]{1,1000})<\/\k<name>>\s*/y;

/** Of a session `ROLEID:SESSION`, of a federated user `ACCOUNT:NAME`. */
const USER_ID = /^[A-Za-z0-9]{12,128}(?::(?<session>[\w+=,.@-]{2,64}))?$/;

/**
 * Reads the answer to `sts:GetCallerIdentity`. Of XML it knows this one document and nothing else, so that no part of an
 * answer can pass for another.
 *
 * @returns undefined when it is any other document, or contradicts itself
 * @throws RefusedError `CallerRoot`, `CallerUnknown`
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function readCallerAnswer(xml: string): CallerAnswer | undefined {
  const result = DOCUMENT.exec(xml)?.groups?.['result'];
  const elements = result === undefined ? undefined : elementsOf(result);
  const [arn, account, userId] = ['Arn', 'Account', 'UserId'].map((name) => elements?.get(name));
  if (elements?.size !== 3 || arn === undefined || account === undefined || userId === undefined)
    return undefined;
  const caller = parseCallerArn(arn);
  const found = USER_ID.exec(userId);
  const session =
    caller.kind === 'user' ? undefined : caller.kind === 'assumed-role' ? caller.session : caller.name;
  const isConsistent = caller.account === account && found !== null && found.groups?.['session'] === session;
  return isConsistent ? { arn, account, userId } : undefined;
}

/** Undefined: there is something else, or a name twice. */
function elementsOf(text: string): Map<string, string> | undefined {
  const elements = new Map<string, string>();
  ELEMENT.lastIndex = 0;
  for (let at = 0; at < text.length; at = ELEMENT.lastIndex) {
    const { name = '', value = '' } = ELEMENT.exec(text)?.groups ?? {};
    if (name === '' || elements.has(name)) return undefined;
    elements.set(name, value);
  }
  return elements;
}

/** The code in an error of STS, e.g. `SignatureDoesNotMatch`. */
export function errorCodeIn(xml: string): string | undefined {
  return /<Code>(\w{1,64})<\/Code>/.exec(xml)?.[1];
}
