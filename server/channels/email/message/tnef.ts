import { decodeText } from './charset.ts'
import { mapiProperties, type MapiProperties } from './mapi-properties.ts'

export type TnefFile = { name: string; type: string; contentId: string; content: Uint8Array }

/** What Outlook packed into a winmail.dat. `complete`: all of it was understood, so that the package itself is needed no more. */
export type Tnef = {
  text?: string
  html?: string
  /** Compressed, as it came (MS-OXRTFCP). */
  rtf?: Uint8Array
  files: TnefFile[]
  complete: boolean
}

const signature = 0x223e9f78
const ids = {
  body: 0x0002800c,
  properties: 0x00069003,
  codePage: 0x00069007,
  fileTitle: 0x00018010,
  fileData: 0x0006800f,
  fileBegins: 0x00069002,
  fileProperties: 0x00069005,
}
const tags = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  fileData: 0x3701,
  fileName: 0x3704,
  longName: 0x3707,
  type: 0x370e,
  contentId: 0x3712,
}
const most = { attributes: 20_000, files: 500 }

/** Reads a TNEF package (MS-OXTNEF), or undefined where it is none. Never throws; what is cut ends the reading. */
export function readTnef(bytes: Uint8Array): Tnef | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 6 || view.getUint32(0, true) !== signature) return undefined
  const found: Tnef = { files: [], complete: true }
  let codePage = 'windows-1252'
  let file: TnefFile | undefined
  let at = 6
  for (let count = 0; at < bytes.byteLength; count++) {
    if (at + 9 > bytes.byteLength || count > most.attributes) return { ...found, complete: false }
    const id = view.getUint32(at + 1, true)
    const length = view.getUint32(at + 5, true)
    const data = bytes.subarray(at + 9, at + 9 + length)
    if (data.byteLength < length) return { ...found, complete: false }
    at += 9 + length + 2
    if (id === ids.codePage && length >= 4) codePage = `cp${view.getUint32(at - 2 - length, true)}`
    else if (id === ids.body) found.text ??= string8(data, codePage)
    else if (id === ids.properties) addBodies(found, mapiProperties(data), codePage)
    else if (id === ids.fileBegins) {
      if (found.files.length >= most.files) return { ...found, complete: false }
      file = { name: '', type: 'application/octet-stream', contentId: '', content: new Uint8Array() }
      found.files.push(file)
    } else if (file && id === ids.fileTitle) file.name ||= string8(data, codePage)
    else if (file && id === ids.fileData) file.content = Uint8Array.from(data)
    else if (file && id === ids.fileProperties) describeFile(found, file, mapiProperties(data), codePage)
  }
  const isBare = found.files.length === 0 && !found.text && !found.html && !found.rtf
  return { ...found, complete: found.complete && !isBare }
}

function addBodies(found: Tnef, { values, complete }: MapiProperties, codePage: string): void {
  found.complete &&= complete
  const [body, html, rtf] = [values.get(tags.body), values.get(tags.html), values.get(tags.rtf)]
  if (body) found.text = textOf(body, codePage)
  if (html)
    found.html = html.isUnicode ? textOf(html, codePage) : decodeText(html.data, htmlCharset(html.data) ?? codePage)
  if (rtf) found.rtf = rtf.data
}

function describeFile(found: Tnef, file: TnefFile, { values, complete }: MapiProperties, codePage: string): void {
  found.complete &&= complete
  const text = (tag: number) => {
    const value = values.get(tag)
    return value ? textOf(value, codePage) : ''
  }
  file.name = text(tags.longName) || file.name || text(tags.fileName)
  file.type = text(tags.type).toLowerCase() || file.type
  file.contentId = text(tags.contentId)
  const data = values.get(tags.fileData)
  if (data && file.content.byteLength === 0) {
    file.content = Uint8Array.from(data.data)
    // An object begins with its class: it is a message or a drawing, which only Outlook opens.
    if (data.isObject) found.complete = false
  }
}

function textOf({ data, isUnicode }: { data: Uint8Array; isUnicode: boolean }, codePage: string): string {
  const text = isUnicode ? new TextDecoder('utf-16le').decode(data) : string8(data, codePage)
  return text.replace(/\0+$/, '')
}

function string8(data: Uint8Array, codePage: string): string {
  return decodeText(data, codePage).replace(/\0+$/, '')
}

function htmlCharset(data: Uint8Array): string | undefined {
  return /charset\s*=\s*["']?([\w-]{2,30})/i.exec(Buffer.from(data.subarray(0, 2_000)).toString('latin1'))?.[1]
}
