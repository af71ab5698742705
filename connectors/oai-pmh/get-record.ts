/** One record, asked for by its identifier. */
import { type Message, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { ask, repositoryError } from './ask.ts';
import type { ListState, OaiCursor } from './options.ts';
import { detailOf, isPageFault, isRefusal, pause, prefixOf, type Reading, shown } from './reading.ts';
import { identifierOf, messageOf, recordsOf } from './records.ts';

type OaiMessage = Message<OaiCursor>;
export type OneRecord =
  | { readonly kind: 'message'; readonly message: OaiMessage }
  /** The repository does not know the identifier. */
  | { readonly kind: 'unknown' }
  /** Nothing that can be read stands there. */
  | { readonly kind: 'unreadable'; readonly fault: SourceError };

/** Asks for one record, twice where the answer is no answer. Throws SourceError where the repository is away, or does not give single records. */
export async function getRecord(reading: Reading, id: string, prefix: string): Promise<OneRecord> {
  try {
    return await once(reading, id, prefix);
  } catch (fault) {
    if (!isPageFault(fault)) throw fault;
  }
  await pause(reading);
  try {
    return await once(reading, id, prefix);
  } catch (fault) {
    if (!isPageFault(fault)) throw fault;
    return { kind: 'unreadable', fault };
  }
}

async function once({ context, options, tally }: Reading, id: string, prefix: string): Promise<OneRecord> {
  const page = await ask(context.http, options, 'GetRecord', { identifier: id, metadataPrefix: prefix }, tally);
  const [record] = recordsOf(page);
  if (record !== undefined) {
    const message = messageOf<OaiCursor>(record, page.url);
    // Answers for another record happen where identifiers are cut or folded on the way.
    const given = identifierOf(record);
    if (given === id || given === '') return { kind: 'message', message: given === '' ? withId(message, id) : message };
    return { kind: 'unreadable', fault: mistaken(page.url, id, given) };
  }
  if (page.error?.code === 'idDoesNotExist') return { kind: 'unknown' };
  if (page.error?.code === 'cannotDisseminateFormat' || page.error?.code === 'noMetadataFormats') {
    const found = finding('oai-record-without-metadata', { id });
    return { kind: 'message', message: { kind: 'rejected', id, finding: found } };
  }
  if (page.error !== undefined) throw repositoryError(page.url, page.error);
  return { kind: 'unknown' };
}

function withId(message: OaiMessage, id: string): OaiMessage {
  return message.kind === 'rejected' ? { ...message, id } : message;
}

function mistaken(url: string, id: string, given: string): SourceError {
  return new SourceError('transient', finding('oai-other-record', { url, id, given }));
}

/** So many in a row are no accident of a record: then the repository is ill. */
const MAX_UNREADABLE_IN_A_ROW = 25;

/** Reads named records one by one: what cannot be read even alone is rejected by its id, its neighbours go on. */
export class SingleRecords {
  readonly #reading: Reading;
  readonly #prefix: string;
  /** A record was read: what fails after is the record. */
  #works = false;
  #inARow = 0;

  constructor(reading: Reading, state: ListState) {
    this.#reading = reading;
    this.#prefix = prefixOf(reading, state);
  }

  /** Undefined where the repository gives no single records, not even one that its list gave. Throws SourceError where it is away, or ill. */
  async message(id: string): Promise<OaiMessage | undefined> {
    const one = await this.#get(id);
    if (one === undefined) return undefined;
    if (one.kind === 'message') {
      this.#works = true;
      this.#inARow = 0;
      return one.message;
    }
    this.#works ||= await this.#gives(this.#reading.sample);
    if (!this.#works) return undefined;
    // Named a moment ago: a repository that contradicts itself must not delete anything.
    if (one.kind === 'unknown') return rejected(id, finding('oai-record-denied', { url: shown(this.#reading), id }));
    if (++this.#inARow > MAX_UNREADABLE_IN_A_ROW) throw one.fault;
    return rejected(id, finding('oai-record-unreadable', { id, detail: detailOf(one.fault) }));
  }

  async #gives(sample: string | undefined): Promise<boolean> {
    return sample !== undefined && (await this.#get(sample))?.kind === 'message';
  }

  async #get(id: string): Promise<OneRecord | undefined> {
    try {
      return await getRecord(this.#reading, id, this.#prefix);
    } catch (fault) {
      if (isRefusal(fault)) return undefined;
      throw fault;
    }
  }
}

function rejected(id: string, found: ReturnType<typeof finding>): OaiMessage {
  return { kind: 'rejected', id, finding: found };
}
