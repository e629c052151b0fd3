import { readdir } from 'node:fs/promises'
import type { Endpoint } from '#contract/endpoint.ts'

/** Every endpoint the contract exports, read from its folder, so that a file nobody listed counts as well. */
export async function declaredEndpoints(): Promise<Endpoint[]> {
  const folder = new URL('../contract/', import.meta.url)
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href) as Promise<object>))
  const exported = modules.flatMap((module) => Object.values(module) as unknown[])
  return [...new Set(exported)].filter((value) => isEndpoint(value))
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'permission' in value
}
