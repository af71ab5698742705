/** Questions that the hub's users ask all day, by whom: what each costs the database is kept (standing-hits.json). On the fixed graph of the bench. */

export interface StandingQuery {
  readonly name: string;
  readonly query: string;
}

const OBJECT = 'uid name inventoryNumber date { text }';
const FOUR = 'heldBy { name } techniques { nodes { name } } trades { nodes { name } } madeIn { nodes { name } }';

export const STANDING_QUERIES: readonly StandingQuery[] = [
  // Partner portals
  {
    name: 'portal: page of objects',
    query: `{ heritageObjects(first: 20) { nodes { ${OBJECT} } pageInfo { hasNextPage endCursor } } }`,
  },
  {
    name: 'portal: page of objects, four relations',
    query: `{ heritageObjects(first: 20) { nodes { ${OBJECT} ${FOUR} } } }`,
  },
  {
    name: 'portal: objects and their pictures',
    query: `{ heritageObjects(first: 20, filter: { hasMedia: true }) { nodes { uid name media(first: 3) { nodes { url credit rightsLayer } } } } }`,
  },
  {
    name: 'portal: museums of a department',
    query:
      '{ structures(first: 20, filter: { structureType: [MUSEUM], place: "insee-dep:59" }) { nodes { uid name place { name } } } }',
  },
  {
    name: 'portal: a museum and its first objects',
    query: '{ structures(first: 1) { nodes { uid name holdings(first: 20) { nodes { uid name } } } } }',
  },
  {
    name: 'portal: how many objects each museum holds',
    query: '{ structures(first: 10) { nodes { name holdings(first: 0) { totalCount } } } }',
  },
  { name: 'portal: total of objects', query: '{ heritageObjects { totalCount } }' },
  {
    name: 'portal: total of a trade’s objects',
    query: '{ heritageObjects(filter: { trade: "trame:tisserand" }) { totalCount } }',
  },
  {
    name: 'portal: a trade’s page',
    query: `{ trade(code: "trame:tisserand") { name broader { nodes { name } } objects(first: 10) { totalCount edges { how confidence node { ${OBJECT} } } } structures(first: 10) { nodes { name } } } }`,
  },
  {
    name: 'portal: places of a department',
    query:
      '{ places(first: 20, filter: { place: "insee-dep:62" }) { nodes { uid name point { latitude longitude } } } }',
  },
  {
    name: 'portal: names that begin so',
    query: '{ heritageObjects(first: 20, filter: { nameStartsWith: "ma" }) { nodes { uid name } } }',
  },
  {
    name: 'portal: made in a department, in a century',
    query:
      '{ heritageObjects(first: 20, filter: { madeIn: "insee-dep:59", from: 1801, to: 1900 }) { nodes { uid name } } }',
  },
  {
    name: 'portal: where each value comes from',
    query: '{ heritageObjects(first: 5) { nodes { name provenance { field source } } } }',
  },
  {
    name: 'portal: objects with all their codes and sources',
    query: '{ heritageObjects(first: 20) { nodes { uid codes { scheme value } sources licenceLayers } } }',
  },
  // Visitors
  {
    name: 'visitor: words',
    query: `{ search(query: "lusaluk", first: 20) { totalCount nodes { __typename uid name } } }`,
  },
  {
    name: 'visitor: words, objects with what they lead to',
    query: `{ search(query: "lusaluk", filter: { kinds: [HERITAGE_OBJECT] }, first: 20) { edges { node { ... on HeritageObject { ${OBJECT} ${FOUR} } } } } }`,
  },
  {
    name: 'visitor: words and six facets',
    query:
      '{ search(query: "lusaluk", first: 20) { totalCount nodes { uid name } facets { kinds { values { label count } } structures { values { label count } } trades { values { label count } } places { values { label count } } centuries { values { label count } } techniques { values { label count } } } } }',
  },
  {
    name: 'visitor: facets with their entities',
    query:
      '{ search(filter: { kinds: [HERITAGE_OBJECT] }, first: 0) { facets { trades(first: 10) { values { count entity { uid name } } } } } }',
  },
  {
    name: 'visitor: near a commune',
    query:
      '{ search(filter: { near: { place: "insee:59350", km: 20 } }, orderBy: DISTANCE, first: 20) { edges { distance node { uid name } } } }',
  },
  {
    name: 'visitor: highlighted',
    query:
      '{ search(query: "lusaluk", first: 10) { edges { highlights { field text marks { begin end } } node { name } } } }',
  },
  { name: 'visitor: suggestions', query: '{ suggest(typed: "tis") { name kind count entity { uid } } }' },
  {
    name: 'visitor: words within a list',
    query: '{ heritageObjects(filter: { search: "lusaluk" }, first: 20) { nodes { uid name } } }',
  },
  // Builders of pathways
  {
    name: 'builder: candidates of a trade',
    query:
      '{ pathwayCandidates(trade: "trame:tisserand", near: { place: "insee:59350" }, first: 5) { legs { role candidates { metres score structure { name } } missing { reason } } } }',
  },
  {
    name: 'builder: who holds objects of a trade',
    query: '{ structures(first: 10, filter: { holdsOf: "trame:tisserand" }) { nodes { name } } }',
  },
  {
    name: 'builder: pathways and their legs',
    query: '{ pathways { nodes { name legs { nodes { role state structures { nodes { name } } } } } } }',
  },
  // Stewards
  { name: 'steward: sources', query: '{ sources { name title freshness { state } lastRun { outcome } } }' },
  { name: 'steward: runs', query: '{ runs { id outcome startedAt } }' },
  { name: 'steward: counts', query: '{ counts { kind count } }' },
  // Analysts
  {
    name: 'analyst: network through holdings',
    query:
      '{ structureNetwork(filter: { through: EITHER }) { nodes(first: 20) { pageRank structure { name } } edges(first: 20) { weight sharedTrades { name } } } }',
  },
  {
    name: 'analyst: coverage',
    query: '{ coverage(first: 5) { trades { name } departments { name } cells { count zero } } }',
  },
];
