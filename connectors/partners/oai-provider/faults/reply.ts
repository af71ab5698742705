/** What goes over the wire, well or badly. */
import type { ServerResponse } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** After so many bytes the connection is cut. */
  readonly cutAt?: number;
  /** Sends it in a way of its own; nothing else is sent then. */
  readonly send?: (response: ServerResponse, body: Uint8Array) => void;
}

/** The stamp of every fault that works on the XML of an answer. */
export type InText = (xml: string) => string;
/** The stamp of every fault that works on the bytes of a reply, or on how they are sent. */
export type OnTheWire = (reply: Reply) => Reply;
