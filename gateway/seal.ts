/**
 * Change numbers as everyone may see them: sealed, so that nobody can count the gaps that hidden changes leave. Equal numbers give equal
 * seals, on every gateway of a graph.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Driver } from 'neo4j-driver';

export interface Seal {
  /** Of a whole number from 0: 22 characters, base64url. */
  seal(number: number): string;
  /** The number; undefined where this was never sealed here. */
  unseal(text: string): number | undefined;
}

const SEALED = /^[A-Za-z0-9_-]{22}$/;

/** One block of AES-256: the number in its first half, zeros in the other, which a forged one would have to hit. */
export function sealWith(secret: string): Seal {
  const key = createHash('sha256').update(secret).digest();
  return {
    seal(number) {
      const block = Buffer.alloc(16);
      block.writeBigUInt64BE(BigInt(number));
      const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
    },
    unseal(text) {
      if (!SEALED.test(text)) return undefined;
      const cipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const block = Buffer.concat([cipher.update(Buffer.from(text, 'base64url')), cipher.final()]);
      return block.readBigUInt64BE(8) === 0n ? Number(block.readBigUInt64BE(0)) : undefined;
    },
  };
}

/** The seal of a graph. @throws where the graph was never migrated */
export async function openSeal(driver: Driver, database: string): Promise<Seal> {
  const { records } = await driver.executeQuery(
    `MATCH (s:Seal {name: 'change'}) RETURN s.key AS key`,
    {},
    { database, routing: 'READ' },
  );
  const key = records[0]?.get('key') as string | undefined;
  if (key === undefined) throw new Error('the graph has no seal: `trame db start` and any harvest migrate it');
  return sealWith(key);
}

/** Seals a change number. Throws what the driver throws. */
export type SealChange = (number: number) => Promise<string>;

/** By the seal of a graph, which is read when it is first needed. */
export function sealingOf(driver: Driver, database: string): SealChange {
  let opened: Promise<Seal> | undefined;
  return async (number) => {
    opened ??= openSeal(driver, database).catch((fault: unknown) => {
      opened = undefined;
      throw fault;
    });
    return (await opened).seal(number);
  };
}
