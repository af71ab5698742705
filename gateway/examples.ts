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
    title: 'Une recherche à facettes : ce qui est trouvé, pourquoi, et combien de chaque sorte',
    query: `# Une recherche à facettes : accents et pluriels indifférents ; le passage trouvé, et dans un témoignage la seconde
query Recherche($mots: String, $filtre: SearchFilter, $suite: String) {
  search(query: $mots, filter: $filtre, collapse: true, first: 10, after: $suite) {
    totalCount
    entityCount
    didYouMean
    facets {
      kinds { values { value label count } }
      structures(first: 5) { distinct values { value label count } }
      trades(first: 5) { distinct values { value label count } }
      places(first: 5, level: DEPARTMENT) { distinct values { value label count } }
      centuries(first: 5) { missing values { value label count } }
      hasPicture { values { value label count } }
    }
    edges {
      score
      duplicates
      highlights { field text marks { begin end } }
      moments { begin end text }
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
    variables: { mots: 'métiers du textile', filtre: { kinds: ['HERITAGE_OBJECT', 'STRUCTURE'] } },
  },
  {
    title: 'La page d’une collection : ses objets, à choisir par métier, siècle et technique',
    query: `# La page d’une collection : ses objets, à choisir par métier, siècle et technique ; les séries repliées
query PageDUneCollection($code: String!, $musee: ID!, $mots: String, $metiers: [ID!], $siecles: [Int!], $suite: String) {
  structure(code: $code) {
    name
    description
    place { name }
    page
  }
  search(
    query: $mots
    filter: { kinds: [HERITAGE_OBJECT], structures: [$musee], trades: $metiers, centuries: $siecles }
    orderBy: NAME
    collapse: true
    first: 20
    after: $suite
  ) {
    totalCount
    entityCount
    facets {
      objectKinds { values { value label count } }
      trades(first: 8) { values { value label count } }
      centuries { missing values { value label count } }
      techniques(first: 8) { values { value label count } }
    }
    edges {
      duplicates
      node {
        uid
        name
        ... on HeritageObject { date { text } media(first: 1) { nodes { url credit republishable } } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { code: 'trame:manufacture-roubaix', musee: 'trame:manufacture-roubaix' },
  },
  {
    title: 'La page d’un objet : ce qui en est dit, et qui le dit',
    query: `# La page d’un objet : ce qui en est dit, et qui le dit. Son uid connu : heritageObject(uid: …), et similar(id: …) pour ce qui lui ressemble
query PageDUnObjet($mots: String!, $musee: ID!) {
  heritageObjects(first: 1, filter: { search: $mots, holder: $musee }) {
    nodes {
      uid
      name
      description
      objectTypes
      date { text from to }
      heldBy { name place { name } }
      madeIn { nodes { name } }
      creators(first: 5) { edges { role node { name } } }
      trades(first: 5) { edges { how confidence node { name } } }
      techniques(first: 5) { nodes { name } }
      media(first: 5) { nodes { url credit republishable } }
      page
      licence
      codes { scheme value }
      provenance { field source }
    }
  }
}
`,
    variables: { mots: 'métier à tisser à bras', musee: 'trame:manufacture-roubaix' },
  },
  {
    title: 'L’agenda autour d’une commune, la prochaine date d’abord',
    query: `# L’agenda autour d’une commune, la prochaine date d’abord. Pour « ce week-end » : "quand": "THIS_WEEKEND", sans "du"
query Agenda($autour: Around!, $quand: SearchPeriod, $du: Day, $au: Day) {
  search(
    filter: { kinds: [EVENT], near: $autour, when: $quand, fromDay: $du, toDay: $au }
    orderBy: BEGIN
    first: 20
  ) {
    totalCount
    edges {
      distance
      node {
        uid
        name
        ... on Event {
          begin
          end
          occurrences { begin end }
          location
          place { name }
          organisers { nodes { name } }
          page
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { autour: { place: 'insee:59350', km: 60 }, du: '2026-01-01' },
  },
  {
    title: 'Pendant la saisie : les noms possibles',
    query: `# Pendant la saisie : les noms dont un mot commence ainsi, et combien de fiches les portent
query Suggestions($debut: String!) {
  suggest(typed: $debut, first: 8) { name kind count uid }
}
`,
    variables: { debut: 'tis' },
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
