/** A partner's text as it may be shown: control characters (which could steer a terminal) become a mark. Lines and tabs stay. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, (one) => (one === '\n' || one === '\t' ? one : '\ufffd'));
}
