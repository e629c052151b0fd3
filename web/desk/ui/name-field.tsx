import { TextInput } from '@mantine/core'

type Props = {
  label: string
  description?: string
  maxLength: number
  error: string | undefined
  value: string
  onChange: (name: string) => void
}

/** What the thing of a form is called: needed, and where the form begins. */
export function NameField({ onChange, ...field }: Props) {
  return <TextInput {...field} required data-autofocus onChange={(event) => onChange(event.currentTarget.value)} />
}
