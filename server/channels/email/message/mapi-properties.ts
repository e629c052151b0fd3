export type MapiValue = { data: Uint8Array; isUnicode: boolean; isObject: boolean }

/** The first value of each property that holds text or bytes, by its tag. `complete` is false where the list was cut or strange. */
export type MapiProperties = { values: Map<number, MapiValue>; complete: boolean }

const sizes: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xa: 4, 0xb: 4, 0x14: 8, 0x40: 8, 0x48: 16 }
const variable = new Set([0xd, 0x1e, 0x1f, 0x102])
const mostProperties = 5_000

/** Reads the list of properties inside a TNEF attribute (MS-OXTNEF 2.1.3.4). Never throws. */
export function mapiProperties(bytes: Uint8Array): MapiProperties {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Map<number, MapiValue>()
  const cut = { values, complete: false }
  const has = (size: number) => at + size <= bytes.byteLength
  let at = 4
  if (!has(0)) return cut
  const count = view.getUint32(0, true)
  if (count > mostProperties) return cut
  for (let index = 0; index < count; index++) {
    if (!has(4)) return cut
    const type = view.getUint16(at, true)
    const tag = view.getUint16(at + 2, true)
    at += 4
    if (tag >= 0x8000) {
      if (!has(24)) return cut
      const named = view.getUint32(at + 16, true) === 1
      const length = view.getUint32(at + 20, true)
      if (named && !has(24 + length)) return cut
      at += 24 + (named ? padded(length) : 0)
    }
    const kind = type & 0xefff
    const isMany = (type & 0x1000) !== 0 || variable.has(kind)
    if (isMany && !has(4)) return cut
    const many = isMany ? view.getUint32(at, true) : 1
    if (isMany) at += 4
    if (many > mostProperties) return cut
    for (let one = 0; one < many; one++) {
      if (at > bytes.byteLength) return cut
      const size = sizes[kind]
      if (size !== undefined) at += size
      else if (!variable.has(kind) || !has(4)) return cut
      else {
        const length = view.getUint32(at, true)
        at += 4
        if (!has(length)) return cut
        const isObject = kind === 0xd
        const data = bytes.subarray(at + (isObject ? Math.min(16, length) : 0), at + length)
        if (!values.has(tag)) values.set(tag, { data, isUnicode: kind === 0x1f, isObject })
        at += padded(length)
      }
    }
  }
  return { values, complete: true }
}

function padded(length: number): number {
  return (length + 3) & ~3
}
