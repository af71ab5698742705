/** The misbehaviours of repositories, as met in the wild and as meant to hurt, that the stand-in can be told to show. */
import type { OaiAnswer } from '../oai-provider.ts';
import type { Verb } from './arguments.ts';
import { IN_MARKUP } from './faults/markup.ts';
import { IN_PROTOCOL } from './faults/protocol.ts';
import type { InText, OnTheWire, Reply } from './faults/reply.ts';
import { ON_THE_WIRE } from './faults/wire.ts';

export type { Reply } from './faults/reply.ts';

/** Faults of a repository's memory: they last from their request on. */
export const OF_TOKENS = ['constant-token', 'same-page', 'same-page-new-tokens', 'cycle', 'refuses-seconds'] as const;

export type FaultKind =
  | keyof typeof IN_PROTOCOL
  | keyof typeof IN_MARKUP
  | keyof typeof ON_THE_WIRE
  | (typeof OF_TOKENS)[number];

/** One misbehaviour. `at`: at which request of its verb, counted from 1. `times`: so often in a row; the faults of tokens last. */
export interface Fault {
  readonly kind: FaultKind;
  readonly at: number;
  readonly times?: number;
  /** ListRecords unless told. Faults of tokens know no other. */
  readonly verb?: Verb;
  /** Only where this record stands in the answer (ListRecords and GetRecord), from then on. */
  readonly record?: string;
}

const IN_TEXT: Readonly<Record<string, InText>> = { ...IN_PROTOCOL, ...IN_MARKUP };
const IN_REPLY: Readonly<Record<string, OnTheWire>> = ON_THE_WIRE;

/** The answer as it goes out, the faults that are due worked into it: those of one record into what stands of that record. */
export function withFaults(answer: OaiAnswer, due: readonly Pick<Fault, 'kind' | 'record'>[]): Reply {
  let xml = answer.body;
  for (const { kind, record } of due) {
    const work = IN_TEXT[kind];
    if (work !== undefined) xml = record === undefined ? work(xml) : inRecord(xml, record, work);
  }
  let reply: Reply = { status: answer.status, headers: answer.headers, body: Buffer.from(xml) };
  for (const { kind } of due) reply = IN_REPLY[kind]?.(reply) ?? reply;
  return reply;
}

/** Whether an answer holds this record, and not only its header. */
export function holdsRecord(xml: string, record: string): boolean {
  return xml.includes(`<record><header><identifier>${record}</identifier>`);
}

function inRecord(xml: string, record: string, work: InText): string {
  const start = xml.indexOf(`<record><header><identifier>${record}</identifier>`);
  if (start < 0) return xml;
  const end = xml.indexOf('</record>', start) + '</record>'.length;
  return xml.slice(0, start) + work(xml.slice(start, end)) + xml.slice(end);
}
