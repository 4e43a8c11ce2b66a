import { breakGlassPolicy } from '../approval/break-glass.js';
import { approvalPolicy } from '../approval/policy.js';
import { readPeople } from '../approval/read-people.js';
import { approvalSettings, type ApprovalSettings } from '../approval/settings.js';
import type { PolicyContext } from '../approval/testimony.js';
import type { Approval } from '../approval/token.js';
import { verifyProof } from '../approval/verify-proof.js';
import type { Person } from '../approval/people.js';
import type { Owners } from '../rendering/owners.js';
import { withEndpoint } from '../rendering/render.js';
import type { ApprovalPolicy } from '../surgery/approval.js';
import { openJournal, type Journal } from '../surgery/journal/journal.js';
import type { Handover } from '../surgery/request/handover.js';
import type { StateRoot, StateRootRequest } from '../surgery/roots/state-root.js';
import { terraformPort, type TerraformPort } from '../surgery/terraform/terraform-port.js';
import type { World } from '../world.js';
import type { SigningMeans } from './signer.js';

/** Somebody at work on a root with another person: what counts, who is known, and what there is to sign with. */
export interface Session {
  readonly root: StateRoot;
  readonly request: StateRootRequest;
  readonly settings: ApprovalSettings;
  readonly context: PolicyContext;
  readonly journal: Journal;
  readonly signing: Omit<SigningMeans, 'wanted'>;
  readonly terraform: TerraformPort;
  readonly world: World;
}

export interface SessionOptions {
  /** For requests and the journal. */
  readonly dataFolder: string;
  /** In place of the configured one; absolute. */
  readonly sshKey: string | undefined;
}

/**
 * Reads who is known and what counts.
 *
 * @throws FailedError when app-interface cannot be asked
 */
export async function openSession(
  root: StateRoot,
  request: StateRootRequest,
  { dataFolder, sshKey }: SessionOptions,
  world: World,
): Promise<Session> {
  const configured = approvalSettings(request.config);
  const settings = { ...configured, sshKey: sshKey ?? configured.sshKey };
  const { env, fetch, now, signal } = world;
  const partition = root.account?.partition;
  const { allowedSigners } = settings;
  const proofs = { partition, allowedSigners, env, fetch, now, signal };
  const journal = openJournal(dataFolder, now);
  const verify: PolicyContext['verify'] = (approval, matter) => verifyProof(approval, matter, proofs);
  return {
    ...{ root, request, settings, journal, world },
    context: { settings, people: await knownPeople(request, world), verify, journal, now },
    signing: { settings, aws: root.aws, world },
    terraform: terraformPort(root, request.terraform, world),
  };
}

/** Whether what people have said about a request is enough. */
export function policyOf(
  { root: { aws }, context }: Session,
  { maker: prepared }: Handover,
  approvals: readonly Approval[],
): ApprovalPolicy {
  const live = aws && { arn: aws.arn, account: aws.account, userId: aws.userId, ...accessKeyOf(aws) };
  return approvalPolicy({ ...context, approvals, maker: { live, prepared } });
}

/** Whether the maker may go on alone, with this word of theirs. */
export function breakGlassIn({ context }: Session, statement: Approval): ApprovalPolicy {
  return breakGlassPolicy({ ...context, statement });
}

function accessKeyOf({ credentials }: NonNullable<StateRoot['aws']>): { accessKeyId: string } {
  return { accessKeyId: credentials.accessKeyId };
}

/** Of a folder nobody but the configuration knows people, unless app-interface is named beside it. */
async function knownPeople(request: StateRootRequest, world: World): Promise<Person[]> {
  const { account, source, config } = request;
  const isNamed = Object.values(source).some((value) => value !== undefined);
  if (account === undefined && !isNamed) return readPeople(undefined, config);
  return withEndpoint(request, world, (endpoint) => readPeople(endpoint.connect(), config));
}

/** Who owns what in the account of a session; undefined: it is about none. */
export function ownersIn({ request, world }: Session): (() => Promise<Owners>) | undefined {
  const { account } = request;
  if (account === undefined) return undefined;
  return async () => {
    const { readOwners } = await import('../rendering/owners.js');
    return withEndpoint(request, world, (endpoint) => readOwners(endpoint.connect(), account));
  };
}
