import { parseLockInfo, type LockInfo } from '../../terraform/lock/lock-info.js';
import { awsAnswer, awsFailure, isConditionFailed } from '../store/s3/aws-answer.js';
import { LOCK_ID, readAttribute, type LockTable } from '../store/s3/lock-table.js';
import type { LockRequest } from '../store/store.js';
import { lockDocument } from './lock-document.js';
import { stateLocked } from './lock-errors.js';
import type { Lock } from './lock.js';

/** The item that terraform makes in a table of locks (`dynamodb_table`): whoever creates it has the lock. */
export class ItemLock implements Lock {
  readonly label: string;

  constructor(private readonly table: LockTable) {
    this.label = `item ${table.id} of table ${table.table}`;
  }

  async take(request: LockRequest): Promise<void> {
    const { client, table, id } = this.table;
    const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
    const Item = { [LOCK_ID]: { S: id }, Info: { S: lockDocument(request, id) } };
    const ConditionExpression = `attribute_not_exists(${LOCK_ID})`;
    try {
      await client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression }));
    } catch (error) {
      await this.#unlessOurs(request.id, error);
    }
  }

  async current(): Promise<LockInfo | undefined> {
    const info = await this.#info();
    return info === undefined ? undefined : parseLockInfo(info, this.label);
  }

  async release(id: string): Promise<boolean> {
    const info = await this.#info();
    if (info === undefined || parseLockInfo(info, this.label).id !== id) return false;
    const { client, table, id: lockId, credentials } = this.table;
    const { DeleteItemCommand } = await import('@aws-sdk/client-dynamodb');
    try {
      await client.send(
        new DeleteItemCommand({
          ...{ TableName: table, Key: { [LOCK_ID]: { S: lockId } } },
          ConditionExpression: 'attribute_not_exists(Info) OR Info = :info',
          ExpressionAttributeValues: { ':info': { S: info } },
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailed(awsAnswer(error))) return false;
      throw awsFailure('LockNotReleased', `cannot remove the lock: ${this.label}`, error, {
        ...{ credentials, hint: 'tfrepair state unlock removes it' },
      });
    }
  }

  async #unlessOurs(id: string, error: unknown): Promise<void> {
    const held = await this.current().catch(() => undefined);
    if (held?.id === id) return;
    if (isConditionFailed(awsAnswer(error))) throw stateLocked(this.table.id, held);
    const { credentials } = this.table;
    throw awsFailure('LockFailed', `cannot make the lock: ${this.label}`, error, { credentials });
  }

  async #info(): Promise<string | undefined> {
    try {
      return await readAttribute(this.table, this.table.id, 'Info');
    } catch (error) {
      const { credentials } = this.table;
      throw awsFailure('LockUnreadable', `cannot read the lock: ${this.label}`, error, { credentials });
    }
  }
}
