/** In a process of its own: our OAI-PMH client alone. Fetch, parse, verify and deliver every record of a list; nothing is kept. */
import type { Context } from '#connectors/connector.ts';
import { createHttpClient } from '#connectors/http/client.ts';
import { oaiPmh } from '#connectors/oai-pmh/connector.ts';
import { optionsSchema } from '#connectors/oai-pmh/options.ts';
import { answer, readInput } from './child.ts';

export interface ClientInput {
  readonly provider: string;
}

/** What a client answers, ours or another. */
export interface ClientAnswer {
  readonly records: number;
}

const CONTACT = 'banc@example.org';

const { provider } = await readInput<ClientInput>();
const { signal } = new AbortController();
const http = createHttpClient({ userAgent: 'Trame/0.1', contact: CONTACT, allowPrivate: true, signal });
const context: Context = {
  source: { name: 'banc', contact: CONTACT },
  http,
  signal,
  now: () => new Date(),
  folder: '.',
  tell: () => undefined,
};
let records = 0;
let ended = false;
for await (const message of oaiPmh.read(optionsSchema.parse({ url: provider }), context)) {
  if (message.kind === 'record') records += 1;
  if (message.kind === 'end') ended = true;
}
if (!ended) throw new Error('the list broke off');
const read: ClientAnswer = { records };
answer(read);
