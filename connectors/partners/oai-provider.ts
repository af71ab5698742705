/**
 * An OAI-PMH 2.0 provider for loopback: the stand-in of a partner's repository, in the demonstration, the benches and the tests. Strict as the
 * specification is (https://www.openarchives.org/OAI/openarchivesprotocol.html), and it shares no code with the client that is tested against it.
 */
import { checkedArguments, ProtocolError, type Request } from './oai-provider/arguments.ts';
import { createLists } from './oai-provider/lists.ts';
import { answerOf, recordXml, textElement } from './oai-provider/xml.ts';

export interface OaiRecord {
  readonly identifier: string;
  /** In the repository's granularity, UTC. */
  readonly datestamp: string;
  readonly sets: readonly string[];
  readonly deleted?: boolean;
  /** The content of `metadata`, as XML; asked for only when the record is served. Undefined where the record has none in this format. */
  metadata(prefix: string): string | undefined;
}

export interface OaiRepository {
  readonly name: string;
  readonly adminEmail: string;
  readonly earliestDatestamp: string;
  readonly granularity: 'YYYY-MM-DD' | 'YYYY-MM-DDThh:mm:ssZ';
  readonly deletedRecord: 'no' | 'transient' | 'persistent';
  /** Records a page; a page of ListIdentifiers holds as many headers. */
  readonly pageSize: number;
  readonly formats: readonly { readonly prefix: string; readonly schema: string; readonly namespace: string }[];
  readonly sets: readonly { readonly spec: string; readonly name: string }[];
  /** All records. Asked for at each request; the same array means that nothing has changed. */
  records(): Iterable<OaiRecord>;
  /** The repository's clock; the real one unless given. */
  readonly now?: () => Date;
}

export interface OaiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request: its URL, its method, and the body of a POST. */
export type OaiProvider = (url: URL, method: string, body: string) => OaiAnswer;

/** Makes a provider. Never throws for what is asked of it. */
export function createOaiProvider(repository: OaiRepository): OaiProvider {
  const lists = createLists(repository);
  const now = repository.now ?? (() => new Date());
  return (url, method, body) => {
    if (method !== 'GET' && method !== 'POST' && method !== 'HEAD') {
      return { status: 405, headers: { allow: 'GET, POST', 'content-type': 'text/plain' }, body: '' };
    }
    const base = `${url.origin}${url.pathname}`;
    const parameters = method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    const responseDate = `${now().toISOString().slice(0, 19)}Z`;
    let request: Request | undefined;
    let content: string;
    try {
      request = checkedArguments(parameters);
      content = `<${request.verb}>\n${contentFor(request, repository, lists, base)}\n</${request.verb}>`;
    } catch (fault) {
      if (!(fault instanceof ProtocolError)) throw fault;
      content = textElement('error', fault.text, { code: fault.code });
      // After these two the request is not repeated (OAI-PMH 2.0, 3.6).
      if (fault.code === 'badVerb' || fault.code === 'badArgument') request = undefined;
    }
    const headers = { 'content-type': 'text/xml; charset=utf-8' };
    return { status: 200, headers, body: answerOf(responseDate, base, request, content) };
  };
}

function contentFor(
  request: Request,
  repository: OaiRepository,
  lists: ReturnType<typeof createLists>,
  base: string,
): string {
  const { verb, given } = request;
  switch (verb) {
    case 'Identify':
      return identity(repository, base);
    case 'ListMetadataFormats':
      return formats(repository, given['identifier'] === undefined ? undefined : lists.find(given['identifier']));
    case 'ListSets':
      return sets(repository, given['resumptionToken']);
    case 'GetRecord':
      return one(lists.find(given['identifier'] ?? ''), given['metadataPrefix'] ?? '', repository);
    default:
      return lists.page(verb, given);
  }
}

function identity(repository: OaiRepository, base: string): string {
  const { name, adminEmail, earliestDatestamp, deletedRecord, granularity } = repository;
  return [
    textElement('repositoryName', name),
    textElement('baseURL', base),
    textElement('protocolVersion', '2.0'),
    textElement('adminEmail', adminEmail),
    textElement('earliestDatestamp', earliestDatestamp),
    textElement('deletedRecord', deletedRecord),
    textElement('granularity', granularity),
    textElement('compression', 'gzip'),
  ].join('');
}

function formats(repository: OaiRepository, record: OaiRecord | undefined): string {
  const offered = repository.formats.filter(
    ({ prefix }) => record === undefined || record.deleted === true || record.metadata(prefix) !== undefined,
  );
  if (offered.length === 0) throw new ProtocolError('noMetadataFormats', 'This record is in no format.');
  return offered
    .map(({ prefix, schema, namespace }) => {
      const fields =
        textElement('metadataPrefix', prefix) +
        textElement('schema', schema) +
        textElement('metadataNamespace', namespace);
      return `<metadataFormat>${fields}</metadataFormat>`;
    })
    .join('');
}

function sets(repository: OaiRepository, token: string | undefined): string {
  if (token !== undefined) throw new ProtocolError('badResumptionToken', 'The list of sets is one page.');
  if (repository.sets.length === 0) throw new ProtocolError('noSetHierarchy', 'This repository has no sets.');
  return repository.sets
    .map(({ spec, name }) => `<set>${textElement('setSpec', spec)}${textElement('setName', name)}</set>`)
    .join('');
}

function one(record: OaiRecord, prefix: string, repository: OaiRepository): string {
  const known = repository.formats.some((format) => format.prefix === prefix);
  const xml = known ? recordXml(record, prefix) : undefined;
  if (xml === undefined) throw new ProtocolError('cannotDisseminateFormat', `Not available as ${prefix}.`);
  return xml;
}
