/**
 * A museum's collection, page after page. With the demonstration running:
 * node gateway/client/examples/node.ts http://127.0.0.1:4000/graphql museofile:M0001
 */
import { createClient, HubError } from '../client.ts';
import { CollectionDocument } from './operations.generated.ts';

const MOST_PAGES = 3;

/** The lines to print: the museum, then its objects, of a few pages at most. Throws HubError. */
export async function* collection(url: string, museum: string): AsyncGenerator<string> {
  const client = createClient({ url });
  const { structure } = await client.query(CollectionDocument, { museum, first: 5 });
  if (structure === null) {
    yield `Aucune structure n’a le code ${museum} / no structure has the code ${museum}`;
    return;
  }
  yield `${structure.name} : ${structure.holdings.totalCount} objets / objects`;
  let pages = 0;
  for await (const page of client.pages(
    CollectionDocument,
    { museum, first: 5 },
    (found) => found.structure?.holdings,
  )) {
    for (const object of page.nodes)
      yield `- ${object.name}${object.date ? ` (${object.date.text})` : ''} ${object.trades.nodes.map(({ name }) => name).join(', ')}`.trimEnd();
    pages += 1;
    if (pages === MOST_PAGES) return;
  }
}

if (import.meta.main) {
  const [url = 'http://127.0.0.1:4000/graphql', museum = 'trame:musee-telecommunications'] = process.argv.slice(2);
  try {
    for await (const line of collection(url, museum)) console.log(line);
  } catch (fault) {
    if (!(fault instanceof HubError)) throw fault;
    console.error(`${fault.code} : ${fault.message} / ${fault.en}`);
    process.exitCode = 1;
  }
}
