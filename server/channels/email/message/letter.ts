import { directionOf, languageOf } from './language.ts'

/**
 * The HTML of a mail as a whole document that looks the same in the usual mail programs: no table, no style sheet, nothing
 * from elsewhere; no colour of its own, so that dark themes can choose theirs; at most 600 pixels wide, long words broken.
 * `text` is what it says, for language and direction.
 */
export function letterOf(html: string, text: string): string {
  return [
    `<!doctype html>`,
    `<html lang="${languageOf(text)}" dir="${directionOf(text)}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></head>`,
    `<body style="margin:0;padding:0">`,
    `<div dir="${directionOf(text)}" style="max-width:600px;padding:8px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;word-wrap:break-word;overflow-wrap:anywhere">`,
    html,
    `</div></body></html>`,
    '',
  ].join('\n')
}
