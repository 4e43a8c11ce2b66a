import { FailedError } from '../errors.js';
import type { Plan } from '../terraform/plan/plan.js';
import type { State } from '../terraform/state/state.js';
import { askAws, type AwsAnswers, type AwsQuestions } from './ask-aws.js';
import { nameArgument } from './aws-questions.js';
import type { DiagnosisFailure, OwnedFinding, RootDiagnosis, ShortOwner } from './diagnosis.js';
import type { Evidence, Failure } from './evidence.js';
import { gatherFacts } from './facts.js';
import { findFindings } from './findings.js';
import type { Finding } from './finding.js';
import { planSummary, stateSummary } from './summaries.js';
import { resourceRows } from './resource-rows.js';
import { suspectsOf } from './suspects.js';

/** A plan, and what went on around it. */
export interface PlannedRoot {
  readonly plan: Plan;
  /** Undefined: it is not known. */
  readonly durationMs: number | undefined;
  readonly notes: readonly string[];
}

/** What is diagnosed: an account, a folder or a log, with the ways to find more out about it. */
export interface Subject {
  readonly name: string;
  readonly kind: RootDiagnosis['kind'];
  /** The AWS account id. */
  readonly uid?: string | undefined;
  /** The stored state; undefined: there is none, or it could not be read. */
  readonly state: State | undefined;
  readonly config: Evidence['config'];
  /** What would run. */
  readonly terraformVersion: string | undefined;
  /** What has gone wrong already. */
  readonly failures: readonly Failure[];
  readonly lock: Evidence['lock'];
  readonly digest?: Evidence['digest'];
  readonly stateWrittenAt?: Evidence['stateWrittenAt'];
  readonly managedByErv2: Evidence['managedByErv2'];
  /** @throws FailedError when there can be no plan */
  readonly plan: () => Promise<PlannedRoot>;
  /** Undefined: AWS is not asked. */
  readonly aws:
    | {
        readonly questions: AwsQuestions;
        /** The credentials' account. */
        readonly account: string | undefined;
        /** Users whose changes are not made by hand. */
        readonly automation: readonly string[];
      }
    | undefined;
  /** Who owns each address; an address that nobody owns is not in the answer. */
  readonly ownersOf: (addresses: readonly string[]) => Promise<ReadonlyMap<string, readonly ShortOwner[]>>;
  readonly notes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Finds out what is wrong with a subject, and why. What cannot be found out is a note; without a plan the diagnosis has a
 * failure, and the findings that explain it.
 *
 * @throws the interruption, and what is no `FailedError`
 */
export async function diagnose(subject: Subject): Promise<RootDiagnosis> {
  const planned = await planOf(subject);
  const before = evidenceOf(subject, planned);
  const answers = await awsAnswers(subject, before);
  const facts = gatherFacts({ ...before, aws: answers?.evidence });
  const findings = findFindings(facts);
  const { name, kind, uid, state, notes } = subject;
  return {
    ...{ name, kind, ...(uid === undefined ? {} : { uid }) },
    ...(state === undefined ? {} : { state: stateSummary(state) }),
    ...('plan' in planned ? { plan: planSummary(planned) } : {}),
    findings: await owned(findings, subject),
    resources: resourceRows(facts, findings),
    notes: [...notes, ...('plan' in planned ? planned.notes : []), ...(answers?.notes ?? [])],
    ...('failure' in planned ? { failure: planned.failure } : {}),
  };
}

type Planned = PlannedRoot | { readonly failure: DiagnosisFailure; readonly step: Failure };

async function planOf({ plan }: Subject): Promise<Planned> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    const { code, message, hint } = error;
    return {
      failure: { code, message, ...(hint === undefined ? {} : { hint }) },
      step: { step: 'init', code, message },
    };
  }
}

function evidenceOf(subject: Subject, planned: Planned): Evidence {
  const { kind, state, config, terraformVersion, failures, lock, managedByErv2, now } = subject;
  const { digest, stateWrittenAt } = subject;
  return {
    ...{ state, config, terraformVersion, lock, digest, stateWrittenAt, managedByErv2, now },
    isGuarded: kind !== 'folder',
    plan: 'plan' in planned ? planned.plan : undefined,
    failures: 'step' in planned ? [...failures, planned.step] : failures,
  };
}

async function awsAnswers({ aws }: Subject, evidence: Evidence): Promise<AwsAnswers | undefined> {
  if (aws === undefined) return undefined;
  return askAws(suspectsOf(evidence, nameArgument), aws.questions, aws);
}

/** A finding's owner is that of its first address that has one. */
async function owned(findings: readonly Finding[], { ownersOf }: Subject): Promise<OwnedFinding[]> {
  const owners = await ownersOf([...new Set(findings.flatMap(({ addresses }) => addresses))]);
  return findings.map((finding) => {
    const address = finding.addresses.find((candidate) => owners.has(candidate));
    return { ...finding, owners: address === undefined ? [] : (owners.get(address) ?? []) };
  });
}
