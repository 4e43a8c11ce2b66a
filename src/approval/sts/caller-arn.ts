import { RefusedError } from '../../errors.js';

/** Who an ARN of `sts:GetCallerIdentity` is. */
export type Caller = CallerUser | CallerSession | CallerFederatedUser;

interface CallerPlace {
  readonly partition: string;
  /** The 12-digit account id. */
  readonly account: string;
}

export interface CallerUser extends CallerPlace {
  readonly kind: 'user';
  /** Without its path. */
  readonly name: string;
}

/** Somebody in a role. Who that is the session name says only if nobody but an identity provider can choose it. */
export interface CallerSession extends CallerPlace {
  readonly kind: 'assumed-role';
  /** The role's name, without its path: STS does not tell that. */
  readonly role: string;
  readonly session: string;
}

export interface CallerFederatedUser extends CallerPlace {
  readonly kind: 'federated-user';
  readonly name: string;
}

const ARN = /^arn:(aws(?:-[a-z]{1,8}){0,3}):(iam|sts)::(\d{12}):([\x21-\x7e]{1,700})$/;
const USER = /^iam:user\/(?:[\x21-\x7e]{1,510}\/)?([\w+=,.@-]{1,64})$/;
const SESSION = /^sts:assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/;
const FEDERATED_USER = /^sts:federated-user\/([\w+=,.@-]{2,32})$/;

/**
 * Reads the ARN of a caller.
 *
 * @throws RefusedError `CallerRoot`: the root user is nobody in particular; `CallerUnknown`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function parseCallerArn(arn: string): Caller {
  const [, partition, service, account, rest] = ARN.exec(arn) ?? [];
  if (partition === undefined || account === undefined) throw unknownCaller(arn);
  const what = `${service}:${rest}`;
  if (what === 'iam:root') throw rootUser(account);
  const caller = callerOf(what);
  if (caller === undefined) throw unknownCaller(arn);
  return { partition, account, ...caller };
}

type WithoutPlace<T> = T extends CallerPlace ? Omit<T, keyof CallerPlace> : never;

function callerOf(what: string): WithoutPlace<Caller> | undefined {
  const [, user] = USER.exec(what) ?? [];
  if (user !== undefined) return { kind: 'user', name: user };
  const [, role, session] = SESSION.exec(what) ?? [];
  if (role !== undefined && session !== undefined) return { kind: 'assumed-role', role, session };
  const [, name] = FEDERATED_USER.exec(what) ?? [];
  return name === undefined ? undefined : { kind: 'federated-user', name };
}

function unknownCaller(arn: string): RefusedError {
  const shown = JSON.stringify(arn.slice(0, 200).replaceAll(/[^ -~]/g, '?'));
  return new RefusedError('CallerUnknown', `${shown} is no user and no session of AWS`, {
    hint: 'use the credentials of an IAM user, or of a role',
  });
}

function rootUser(account: string): RefusedError {
  return new RefusedError('CallerRoot', `the root user of account ${account} says nothing about who it is`, {
    hint: 'use the credentials of a person',
  });
}
