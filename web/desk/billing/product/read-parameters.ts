import type { ParameterValues, ProductParameter } from '#contract/product.ts'
import { t } from '../../messages/translate.ts'

/** What stands in the fields, by the parameter's name. */
export type Typed = Readonly<Record<string, string | boolean>>

/** The values as the API takes them, and what is wrong with which field; what is left out is not sent. */
export function readParameters(
  parameters: readonly ProductParameter[],
  typed: Typed,
): { values: ParameterValues; problems: Record<string, string> } {
  const values: ParameterValues = {}
  const problems: Record<string, string> = {}
  for (const { name, label, type, required, min, max } of parameters) {
    const given = typed[name]
    const text = typeof given === 'string' ? given.trim() : ''
    if (type === 'boolean') values[name] = given === true
    else if (text === '') {
      if (required) problems[name] = t('product.missing', { label })
    } else if (type !== 'integer') values[name] = text
    else if (!/^-?\d{1,15}$/.test(text)) problems[name] = t('product.number', { label })
    else if (min !== undefined && Number(text) < min) problems[name] = t('product.least', { label, min })
    else if (max !== undefined && Number(text) > max) problems[name] = t('product.most', { label, max })
    else values[name] = Number(text)
  }
  return { values, problems }
}
