/**
 * The partners' stand-ins, all behind one loopback server: the network's sheets, 34 WebMuseo workspaces, and one stand for each other partner.
 *
 *     /                                              what is here
 *     /proscitec/{table}.csv                         the network of the report (network/*.csv)
 *     /webmuseo/{workspace}/oai                      OAI-PMH
 *     /webmuseo/{workspace}/export/joconde.{txt,csv} exports
 *     /webmuseo/{workspace}/images/{id}.svg          pictures of visible records
 *     /ws/{workspace}/app/collection/record/{id}     pages of visible records
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { agendasStand } from './agendas/stand.ts';
import { type Answer, file, NOT_FOUND, send, text } from './answer.ts';
import { datatourismeStand } from './datatourisme/stand.ts';
import { demonstrationStand } from './demonstration/stand.ts';
import { feedsStand } from './feeds/stand.ts';
import { iciAvantStand } from './ici-avant/stand.ts';
import { iiifStand } from './iiif/stand.ts';
import { musenorStand } from './musenor/stand.ts';
import { createOaiProvider, type OaiProvider } from './oai-provider.ts';
import { omekaSStand } from './omeka-s/stand.ts';
import { onisepStand } from './onisep/stand.ts';
import { openagendaStand } from './openagenda/stand.ts';
import { opendatasoftStand } from './opendatasoft/stand.ts';
import { popStand } from './pop/stand.ts';
import { rechercheEntreprisesStand } from './recherche-entreprises/stand.ts';
import { tabularStand } from './tabular/stand.ts';
import { jocondeCsv, jocondeText } from './webmuseo/joconde.ts';
import { type DemonstrationObject, objectAt, rankOf } from './webmuseo/objects.ts';
import { picture, recordPage } from './webmuseo/pages.ts';
import { repositoryOf } from './webmuseo/repository.ts';
import { WORKSPACES, type Workspace, workspaceNamed } from './webmuseo/workspaces.ts';

/** What a stand is asked. `body` is that of a POST. */
export interface StandRequest {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One partner's stand: it answers the addresses that are its own, and gives undefined for all others. */
export type Stand = (url: URL, request: StandRequest) => Answer | undefined | Promise<Answer | undefined>;

/** Each is given the server's address, which is known once it listens. */
const STANDS: readonly ((base: () => string) => Stand)[] = [
  demonstrationStand,
  (base) => agendasStand(base),
  (base) => datatourismeStand(base),
  (base) => feedsStand(base),
  (base) => iciAvantStand(base),
  (base) => iiifStand(base),
  musenorStand,
  (base) => omekaSStand(base),
  (base) => onisepStand(base),
  (base) => openagendaStand(base),
  (base) => opendatasoftStand(base),
  (base) => popStand(base),
  (base) => rechercheEntreprisesStand(base),
  (base) => tabularStand(base),
];

export interface RunningPartners {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

const NETWORK = new URL('network/', import.meta.url);
const TABLES: readonly string[] = readdirSync(NETWORK).filter((name) => name.endsWith('.csv'));
const BODY_LIMIT = 64 * 1024;

function exportOf(base: string, workspace: Workspace, extension: string): Answer {
  if (workspace.way === 'joconde-text' && extension === 'txt') {
    const charset = workspace.fault === 'latin-1' ? 'iso-8859-1' : 'utf-8';
    return file(`text/plain; charset=${charset}`, jocondeText(base, workspace));
  }
  if (workspace.way === 'joconde-csv' && extension === 'csv')
    return file('text/csv; charset=utf-8', jocondeCsv(base, workspace));
  return NOT_FOUND;
}

/** The object at an address, when the portal shows it. */
function shown(workspace: Workspace, id: string): DemonstrationObject | undefined {
  const rank = rankOf(workspace, id);
  const object = rank === undefined ? undefined : objectAt(workspace, rank);
  return object?.visible ? object : undefined;
}

function pictureAt(workspace: Workspace, name: string): Answer {
  const object = name.endsWith('.svg') ? shown(workspace, name.slice(0, -4)) : undefined;
  if (!object?.pictured) return NOT_FOUND;
  return file('image/svg+xml; charset=utf-8', Buffer.from(picture(workspace, object), 'utf8'));
}

function pageAt(workspace: Workspace, id: string): Answer {
  const object = shown(workspace, id);
  return object ? text(200, 'text/html; charset=utf-8', recordPage(workspace, object)) : NOT_FOUND;
}

function welcome(): Answer {
  const lines = [
    'Doublures des partenaires, pour la démonstration de Trame. Aucune de ces collections n’existe.',
    '',
    ...TABLES.map((name) => `/proscitec/${name}`),
    ...WORKSPACES.map(({ name, way, title }) => `/webmuseo/${name} (${way}) – ${title}`),
  ];
  return text(200, 'text/plain; charset=utf-8', `${lines.join('\n')}\n`);
}

/** Everything but OAI-PMH: what an address leads to. */
function answerTo(base: string, path: readonly string[]): Answer {
  const [first = '', second = '', third = '', fourth = ''] = path;
  if (path.length === 0) return welcome();
  if (first === 'proscitec' && path.length === 2 && TABLES.includes(second)) {
    return file('text/csv; charset=utf-8', readFileSync(new URL(second, NETWORK)));
  }
  const workspace = workspaceNamed(second);
  if (!workspace) return NOT_FOUND;
  if (first === 'webmuseo' && path.length === 4) {
    if (third === 'export' && fourth.startsWith('joconde.'))
      return exportOf(base, workspace, fourth.slice('joconde.'.length));
    if (third === 'images') return pictureAt(workspace, fourth);
  }
  if (first === 'ws' && path.length === 6 && path.slice(2, 5).join('/') === 'app/collection/record') {
    return pageAt(workspace, path[5] ?? '');
  }
  return NOT_FOUND;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** One provider a workspace, made when it is first asked. */
function oaiProviders(base: () => string): (workspace: Workspace) => OaiProvider {
  const made = new Map<string, OaiProvider>();
  return (workspace) => {
    const known = made.get(workspace.name);
    if (known) return known;
    const provider = createOaiProvider(repositoryOf(base(), workspace));
    made.set(workspace.name, provider);
    return provider;
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  base: string,
  providerOf: (workspace: Workspace) => OaiProvider,
  stands: readonly Stand[],
): Promise<void> {
  const url = new URL(request.url ?? '/', base);
  const path = url.pathname.split('/').filter((part) => part !== '');
  const [first, second = '', third] = path;
  const workspace = first === 'webmuseo' && third === 'oai' && path.length === 3 ? workspaceNamed(second) : undefined;
  const method = request.method ?? 'GET';
  const body = method === 'POST' ? await bodyOf(request) : '';
  if (body === undefined)
    return send(request, response, text(413, 'text/plain; charset=utf-8', 'Requête trop longue.\n'));
  if (workspace && workspace.way !== 'joconde-text' && workspace.way !== 'joconde-csv')
    return send(request, response, providerOf(workspace)(url, method, body));
  for (const stand of stands) {
    const answer = await stand(url, { method, headers: request.headers, body });
    if (answer) return send(request, response, answer);
  }
  if (method !== 'GET' && method !== 'HEAD')
    return send(request, response, text(405, 'text/plain; charset=utf-8', 'GET ou HEAD seulement.\n'));
  send(request, response, answerTo(base, path));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Starts all stand-ins on loopback. `port` 0 (the default) takes a free one. Records carry the server's address, so that a fixed
 * port gives the same records at every start. Rejects with Node's own error (EADDRINUSE) when the port is taken.
 */
export async function startPartners(
  options: { readonly port?: number; readonly host?: '127.0.0.1' } = {},
): Promise<RunningPartners> {
  const host = options.host ?? '127.0.0.1';
  let url = '';
  const providerOf = oaiProviders(() => url);
  const stands = STANDS.map((open) => open(() => url));
  const server = createServer((request, response) => {
    handle(request, response, url, providerOf, stands).catch((fault: unknown) => {
      // A request that was broken off is the reader's affair; anything else is a bug, told and answered.
      if (response.headersSent || response.destroyed) response.destroy();
      else send(request, response, text(500, 'text/plain; charset=utf-8', `Panne de la doublure : ${String(fault)}\n`));
    });
  });
  url = `http://${host}:${await listen(server, options.port ?? 0, host)}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
