/**
 * Joins the soft line breaks of format=flowed (RFC 3676). A change of quote depth always ends a line
 * (section 4.5): the parser's own version joins "> Hi " with the answer below it, which would put the
 * customer's words into the quote.
 */
export function unflow(text: string, deleteSpace: boolean): string {
  const done: string[] = []
  let open = ''
  let openDepth = -1
  for (const line of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0
    const content = line.slice(depth).replace(/^ /, '')
    const soft = openDepth === depth && open.endsWith(' ') && open !== '-- '
    if (soft) {
      open = (deleteSpace ? open.slice(0, -1) : open) + content
      continue
    }
    if (openDepth >= 0) done.push(marked(open, openDepth))
    open = content
    openDepth = depth
  }
  done.push(marked(open, Math.max(openDepth, 0)))
  return done.join('\n')
}

function marked(content: string, depth: number): string {
  return depth === 0 ? content : `${'>'.repeat(depth)} ${content}`
}
