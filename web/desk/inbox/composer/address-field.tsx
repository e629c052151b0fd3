import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../messages/translate.ts'
import type { Addresses } from './draft-content.ts'
import css from './audience.module.css'

type Props = { label: string; addresses: Addresses; onChange: (addresses: Addresses) => void }

const address = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:]+$/

/** Addresses as chips; what is not an address stays in the field with a word about it. */
export function AddressField({ label, addresses, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const change = (next: string[]): void => {
    const emails = next.map((text) =>
      text
        .trim()
        .toLowerCase()
        .replace(/^.*<(.+)>$/, '$1'),
    )
    const bad = emails.find((email) => !address.test(email) && !addresses.some((known) => known.email === email))
    setWrong(bad ? t('composer.notAnAddress', { text: bad }) : null)
    if (bad) setTyped(bad)
    const good = [...new Set(emails.filter((email) => email !== bad))]
    onChange(good.map((email) => addresses.find((known) => known.email === email) ?? { email, name: null }))
  }
  return (
    <div className={css.field}>
      <span className={css.label} aria-hidden>
        {label}
      </span>
      <TagsInput
        className={css.input}
        size="xs"
        aria-label={label}
        value={addresses.map(({ email }) => email)}
        searchValue={typed}
        onSearchChange={setTyped}
        maxTags={50}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        error={wrong}
        inputMode="email"
        onChange={change}
      />
    </div>
  )
}
