import { dirname, delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(root, 'node_modules')
export const pinnedNode = join(modules, 'node', 'bin', 'node')

const ours = [join(modules, 'node', 'bin'), join(modules, '.bin')]

/** PATH with the pinned Node and the installed tools first. */
export function pathWithTools() {
  return [...ours, process.env.PATH ?? ''].join(delimiter)
}

/** PATH without this clone's node_modules, so that npm never runs on a Node it is about to delete. */
export function pathWithoutTools() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(modules))
    .join(delimiter)
}
