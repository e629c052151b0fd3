import { chunkBytes, type Import, uploadImportChunk } from '#contract/imports.ts'
import { ApiError } from '../../api-error.ts'
import { call } from '../../api.ts'

const tries = 5

/** Sends a file in pieces, each again when the network drops it; `onSent` is told how many bytes are there. */
export async function uploadFile(id: Import['id'], file: File, onSent: (bytes: number) => void): Promise<void> {
  for (let offset = 0; offset < file.size; offset += chunkBytes) {
    const base64 = await asBase64(file.slice(offset, offset + chunkBytes))
    await patiently(() => call(uploadImportChunk, { params: { id }, body: { offset, base64 } }))
    onSent(Math.min(file.size, offset + chunkBytes))
  }
}

async function patiently(send: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send()
      return
    } catch (error) {
      const passes = error instanceof ApiError && (error.code === 'offline' || error.code === 'unavailable')
      if (!passes || attempt === tries) throw error
      await new Promise((resolve) => {
        setTimeout(resolve, 1000 * attempt)
      })
    }
  }
}

function asBase64(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file could not be read')))
    reader.readAsDataURL(piece)
  })
}
