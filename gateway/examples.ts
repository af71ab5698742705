/** The questions that stand ready in GraphiQL, and that the demonstration asks. */

export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The first story of the hub: a trade, and all that is known round it. Tested on a small graph and on the demonstration’s. */
export const TRADE_STORY: Example = {
  title: 'Un métier, tout ce qui l’entoure, et d’où le hub le tient',
  query: `# Un métier, tout ce qui l’entoure, et d’où le hub le tient
query UnMetier($code: String!, $metier: ID!, $du: Day, $au: Day) {
  musees: structures(first: 10, filter: { structureType: [MUSEUM], holdsOf: $metier }) {
    totalCount
    nodes {
      name
      place { name }
      holdings(first: 3, filter: { trade: $metier }) { totalCount nodes { name objectTypes } }
    }
  }
  trade(code: $code) {
    name
    musees: structures(first: 10, filter: { structureType: [MUSEUM] }) { ...structures }
    entreprises: structures(first: 10, filter: { structureType: [FIRM] }) { ...structures }
    ecoles: structures(first: 10, filter: { structureType: [SCHOOL] }) { ...structures }
    objets: objects(first: 10, filter: { objectKind: [OBJECT, WORK, DOCUMENT, SPECIMEN, BUILDING] }) {
      totalCount
      edges { how confidence rule text node { name date { text } heldBy { name } } }
    }
    enregistrements: objects(first: 10, filter: { objectKind: [FILM, TESTIMONY] }) {
      totalCount
      edges { how confidence rule text moment node { name objectKind page } }
    }
    evenements: events(first: 10, filter: { from: $du, to: $au }) {
      totalCount
      edges { how confidence rule text node { name begin place { name } } }
    }
    circuits: routes(first: 10) { totalCount edges { how confidence rule text node { name place { name } } } }
    parcours: pathways(first: 10) {
      totalCount
      edges {
        how
        confidence
        rule
        text
        node { name legs(first: 5) { nodes { role state structures(first: 5) { nodes { name } } } } }
      }
    }
  }
}
fragment structures on StructureLinkConnection {
  totalCount
  edges { how confidence rule text node { name place { name } } }
}
`,
  variables: { code: 'trame:tisserand', metier: 'trame:tisserand', du: '2026-01-01', au: '2026-12-31' },
};

export const EXAMPLES: readonly Example[] = [
  TRADE_STORY,
  {
    title: 'La page d’un métier : ses musées, ses objets, leurs images',
    query: `# La page d’un métier : ses musées, ses objets, leurs images
query PageDUnMetier($debut: String!) {
  trades(first: 2, filter: { nameStartsWith: $debut }) {
    nodes {
      name
      broader { nodes { name } }
      structures(first: 5) {
        totalCount
        nodes { name structureType place { name } }
      }
      objects(first: 5) {
        totalCount
        edges {
          how
          confidence
          node {
            uid
            name
            date { text from to }
            heldBy { name }
            media(first: 1) { nodes { url credit republishable } }
          }
        }
      }
    }
  }
}
`,
    variables: { debut: 'tiss' },
  },
  {
    title: 'Construire un parcours : qui peut en être chaque volet, et pourquoi',
    query: `# Construire un parcours découverte : qui peut en être chaque volet, et pourquoi
query Parcours($metier: ID!, $depart: Around!, $niveau: String) {
  pathwayCandidates(trade: $metier, near: $depart, level: $niveau, maxKm: 60, first: 5) {
    trade { name }
    legs {
      role
      missing { reason metres nearest { name } }
      candidates {
        score
        metres
        precision
        levelFit
        structure { name structureType place { name } }
        evidence { kind how confidence text objects trade { name } }
        offers { name }
        pathways { name badges { confirmedLegs legCount isTested missingLegs } }
      }
    }
  }
}
`,
    variables: { metier: 'trame:tisserand', depart: { latitude: 50.69, longitude: 3.17 }, niveau: '4e' },
  },
  {
    title: 'Chercher en français dans tout le graphe',
    query: `# Chercher en français dans tout le graphe : accents et pluriels indifférents
query Chercher($mots: String!, $suite: String) {
  search(query: $mots, first: 10, after: $suite) {
    totalCount
    edges {
      score
      node {
        __typename
        uid
        name
        ... on HeritageObject { objectKind date { text } heldBy { name } }
        ... on Structure { structureType place { name } }
        ... on Event { begin location }
        ... on Trade { sector }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { mots: 'métiers du textile' },
  },
  {
    title: 'La carte des musées d’un département, et d’où vient ce qu’elle montre',
    query: `# La carte des musées d’un département, et d’où vient ce qu’elle montre
query CarteDesMusees($departement: ID!) {
  structures(first: 20, filter: { structureType: MUSEUM, place: $departement }) {
    totalCount
    nodes {
      uid
      name
      place { name }
      point { latitude longitude precision }
      trades(first: 5) { nodes { name } }
      holdings(first: 0) { totalCount }
      provenance { field source }
    }
  }
  sources {
    title
    licence
    lastComplete
  }
}
`,
    variables: { departement: 'insee-dep:59' },
  },
];
