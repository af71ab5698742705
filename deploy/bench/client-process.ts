/** In a process of its own: our OAI-PMH client alone. Fetch, parse, verify and deliver every record of a list; nothing is kept. */
import { contextFor } from '#harvesters/context.ts';
import { answer, readInput } from './child.ts';
import { benchSource } from './source.ts';

/** What a client answers, ours or another. */
export interface ClientAnswer {
  readonly records: number;
  readonly seconds: number;
}

const { provider } = await readInput<{ provider: string }>();
const source = await benchSource(provider);
const context = contextFor(source, new AbortController().signal, () => undefined);
let records = 0;
let ended = false;
const started = performance.now();
for await (const message of source.connector.read(source.options, context)) {
  if (message.kind === 'record') records += 1;
  if (message.kind === 'end') ended = true;
}
const seconds = (performance.now() - started) / 1000;
if (!ended) throw new Error('the list broke off');
const read: ClientAnswer = { records, seconds };
answer(read);
