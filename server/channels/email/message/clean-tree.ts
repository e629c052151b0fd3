/** A node of sanitised HTML. `open` and `close` are its tags as written; a text has neither. */
export type CleanNode = {
  name: string
  open: string
  close: string
  text: string
  children: CleanNode[]
}

const leaf = (name: string, open: string, text = ''): CleanNode => ({ name, open, close: '', text, children: [] })

/**
 * Sanitised HTML as a tree, so that parts of it can be moved. It reads only what our sanitiser writes: every
 * element closed, "<", ">" and quotes in values escaped. Writing the tree gives the same HTML again.
 */
export function cleanTree(html: string): CleanNode {
  const root = leaf('', '')
  const path = [root]
  for (const [token] of html.matchAll(/<[^<>]*>|[^<]+|</g)) {
    const parent = path.at(-1)!
    const name = /^<\/?([a-z][a-z0-9]*)/.exec(token)?.[1]
    if (name === undefined) parent.children.push(leaf('', '', token))
    else if (token.endsWith('/>')) parent.children.push(leaf(name, token))
    else if (token.startsWith('</')) closeElement(path, name, token)
    else {
      const node = leaf(name, token)
      parent.children.push(node)
      path.push(node)
    }
  }
  return root
}

function closeElement(path: CleanNode[], name: string, token: string): void {
  const at = path.findLastIndex((node) => node.name === name)
  if (at <= 0) return
  path[at]!.close = token
  path.length = at
}

/** The tree as HTML; `around` may replace how the children of a node are written. */
export function writeTree(
  node: CleanNode,
  around?: (node: CleanNode, write: (child: CleanNode) => string) => string,
): string {
  const write = (child: CleanNode): string => writeTree(child, around)
  const inside = around ? around(node, write) : node.children.map(write).join('')
  return node.open + node.text + inside + node.close
}
