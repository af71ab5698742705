/** The questions that stand ready in GraphiQL, and that the demonstration asks. */

export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const EXAMPLES: readonly Example[] = [
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
