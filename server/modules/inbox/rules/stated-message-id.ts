const headBytes = 64 * 1024

/** The Message-ID that a mail states in its header, without angle brackets, when nothing more of it can be read. */
export function statedMessageId(raw: Uint8Array): string | undefined {
  let head = ''
  for (const byte of raw.subarray(0, headBytes)) head += String.fromCharCode(byte)
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length
  return /^message-id:\s*<?([^\s<>]{1,900})>?\s*$/im.exec(head.slice(0, end))?.[1]
}
