import { useEffect, useRef, useState } from 'react'
import type { Attachment } from '#contract/inbox.ts'
import { ApiError } from '../../api-error.ts'
import { t } from '../../messages/translate.ts'
import { errorToast } from '../../ui/toast.tsx'
import { fileSize } from '../conversation/file-size.ts'
import { largestFile, upload } from './upload.ts'

export type Upload = { key: string; name: string; size: number; share: number; stop: () => void }

let counter = 0

/** Files on their way to a ticket; each becomes an attachment of the draft when it has arrived. */
export function useUploads(ticketId: string, onDone: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const done = useRef(onDone)
  useEffect(() => {
    done.current = onDone
  })
  const add = (files: Iterable<File>): void => {
    for (const file of files) void begin(file)
  }
  const begin = async (file: File): Promise<void> => {
    if (file.size > largestFile) {
      const words = t('composer.tooLarge', { name: file.name, size: fileSize(file.size), max: fileSize(largestFile) })
      errorToast(new ApiError('too_large', 413, words))
      return
    }
    counter += 1
    const key = `upload ${counter}`
    const stopping = new AbortController()
    const { name, size } = file
    setUploads((now) => [...now, { key, name, size, share: 0, stop: () => stopping.abort() }])
    const onProgress = (share: number): void =>
      setUploads((now) => now.map((one) => (one.key === key ? { ...one, share } : one)))
    try {
      done.current(await upload(ticketId, file, { onProgress, signal: stopping.signal }))
    } catch (error) {
      if (!stopping.signal.aborted) errorToast(error)
    } finally {
      setUploads((now) => now.filter((one) => one.key !== key))
    }
  }
  return { uploads, add }
}
