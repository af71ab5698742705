/** Operations that are known beforehand: a client names one by the SHA-256 of its text, and a proxy can keep the answer to so short a GET. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import type { Plugin } from 'graphql-yoga';
import { SettingRefused } from '../access/settings.ts';
import { Refusal } from '../refusal.ts';

const MOST_BYTES = 20 * 1024 * 1024;

export type Operations = ReadonlyMap<string, string>;

export const NO_OPERATIONS: Operations = new Map();

/** Reads `{"<sha-256 of the text, hex>": "<text>"}`, as generators of clients write it. @throws SettingRefused */
export async function readOperations(file: string): Promise<Operations> {
  const refuse = (what: string) => new SettingRefused(`TRAME_OPERATIONS (${file}) : ${what}`);
  const text = await readText(file).catch((fault: unknown) => {
    throw refuse((fault as Error).message);
  });
  const told = parse(text);
  if (typeof told !== 'object' || told === null || Array.isArray(told))
    throw refuse(
      'un objet JSON { "empreinte": "requête" } est attendu / a JSON object { "hash": "query" } is expected',
    );
  const operations = new Map<string, string>();
  for (const [id, document] of Object.entries(told)) {
    if (typeof document !== 'string' || sha256(document) !== id)
      throw refuse(`« ${id} » n’est pas l’empreinte SHA-256 de son texte / is not the SHA-256 of its text`);
    operations.set(id, document);
  }
  return operations;
}

async function readText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`${size} octets, plus que / bytes, more than ${MOST_BYTES}`);
  return readFile(file, 'utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Takes `extensions.persistedQuery.sha256Hash` in the place of a text. */
export function operationsPlugin(operations: Operations, isOnly: boolean): Plugin {
  return usePersistedOperations({
    allowArbitraryOperations: !isOnly,
    getPersistedOperation: (id) => operations.get(id) ?? null,
    customErrors: {
      notFound: () =>
        new Refusal(
          'OPERATION_UNKNOWN',
          'Aucune opération enregistrée n’a cette empreinte : envoyez le texte de la requête, ou faites enregistrer l’opération.',
          'No registered operation has this hash: send the text of the query, or have the operation registered.',
        ),
      keyNotFound: () =>
        isOnly
          ? onlyRegistered()
          : new Refusal(
              'BAD_REQUEST',
              'Il manque la requête : un texte GraphQL (`query`), ou l’empreinte d’une opération enregistrée.',
              'The query is missing: a GraphQL text (`query`), or the hash of a registered operation.',
            ),
      persistedQueryOnly: onlyRegistered,
    },
  }) as Plugin;
}

function onlyRegistered(): Refusal {
  return new Refusal(
    'OPERATION_REQUIRED',
    'Cette passerelle ne répond qu’aux opérations enregistrées : nommez-en une par son empreinte SHA-256.',
    'This gateway answers registered operations only: name one by its SHA-256.',
  );
}
