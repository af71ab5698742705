/** In a process of its own: @neo4j/graphql on the same graph, behind the same HTTP server as the gateway, until its parent ends it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { createYoga } from 'graphql-yoga';
import neo4j from 'neo4j-driver';
import type { Neo4jAddress } from '#graph-schema/database.ts';
import { answer, readInput } from './child.ts';

export interface RivalInput {
  readonly connection: Neo4jAddress;
}

export interface RivalAnswer {
  readonly url: string;
}

/** The labels, properties and relations that the questions of the bench are about, as its manual says to declare them. */
const TYPES = `
  type HeritageObject
    @node(labels: ["HeritageObject", "Published"])
    @fulltext(indexes: [{ indexName: "search_french", queryName: "searchObjects", fields: ["search"] }]) {
    uid: ID!
    name: String!
    sort: String!
    search: String!
    inventoryNumber: String
    dateText: String
    heldBy: [Structure!]! @relationship(type: "HELD_BY", direction: OUT)
    techniques: [Concept!]! @relationship(type: "MADE_WITH", direction: OUT)
    trades: [Trade!]! @relationship(type: "CONCERNS", direction: OUT)
    madeIn: [Place!]! @relationship(type: "MADE_IN", direction: OUT)
  }
  type Structure @node(labels: ["Structure", "Published"]) {
    uid: ID!
    name: String!
  }
  type Concept @node(labels: ["Concept", "Published"]) {
    uid: ID!
    name: String!
  }
  type Trade @node(labels: ["Trade", "Published"]) {
    uid: ID!
    name: String!
  }
  type Place @node(labels: ["Place", "Published"]) {
    uid: ID!
    name: String!
  }
`;

const { connection } = await readInput<RivalInput>();
const driver = neo4j.driver(connection.uri, neo4j.auth.basic(connection.user, connection.password));
// The hub's index of the order is of two properties, which it has no way to ask for: with one of its own a page takes it a tenth of the time.
for (const statement of [
  'CREATE INDEX bench_rival_sort IF NOT EXISTS FOR (n:HeritageObject) ON (n.sort)',
  'CALL db.awaitIndexes(600)',
])
  await driver.executeQuery(statement, {}, { database: connection.database });
const schema = await new Neo4jGraphQL({
  typeDefs: TYPES,
  driver,
  features: { filters: { String: { GT: true } } },
}).getSchema();
const yoga = createYoga({
  schema,
  context: { sessionConfig: { database: connection.database } },
  graphiql: false,
  landingPage: false,
  logging: false,
  maskedErrors: false,
});
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, '127.0.0.1', () => {
  const ready: RivalAnswer = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  answer(ready);
});
