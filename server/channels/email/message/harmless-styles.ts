const length = /^(?:0|auto|\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%|in|cm|mm)?)$/i
const lengths = /^(?:(?:0|auto|\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%|in|cm|mm)?)\s*){1,4}$/i
const color = /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl)a?\(\s*[\d.%,\s/]{1,40}\))$/i
/** Words that are there can be seen: no transparent ones, none smaller than a reader's eye. */
const ink =
  /^(?!transparent$)(?:#(?:[0-9a-f]{3}|[0-9a-f]{6})|[a-z]{3,24}|(?:rgb|hsl)\(\s*[\d.%,\s]{1,40}\)|(?:rgb|hsl)a\(\s*[\d.%,\s]{1,30},\s*(?:1|0?\.[3-9]\d*)\s*\))$/i
const border = /^[a-z0-9#%.,()\s]{1,80}$/i
const words = (...list: string[]) => [new RegExp(`^(?:${list.join('|')})$`, 'i')]

/**
 * The CSS that may stay in a mail: how text looks and how tables are laid out. Nothing here can load,
 * leave its place, cover the page or run: no url(), no position, no negative margins, no expressions.
 */
export const harmlessStyles = {
  color: [ink],
  'background-color': [color],
  background: [color],
  'font-size': [
    /^(?:(?:[6-9]|\d\d)(?:\.\d{1,2})?px|(?:[5-9]|\d\d)(?:\.\d{1,2})?pt|(?:0?\.[5-9]\d{0,2}|[1-9](?:\.\d{1,3})?)r?em|(?:[5-9]\d|1\d\d)%|xx-small|x-small|small|medium|large|x-large|xx-large|smaller|larger)$/i,
  ],
  'font-family': [/^[\w\s,'"-]{1,200}$/],
  'font-weight': [/^(?:normal|bold|bolder|lighter|[1-9]00)$/i],
  'font-style': words('normal', 'italic', 'oblique'),
  'font-variant': words('normal', 'small-caps'),
  'line-height': [/^(?:normal|\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|%)?)$/i],
  'letter-spacing': [/^(?:normal|0|\d(?:\.\d{1,3})?(?:px|pt|em))$/i],
  'text-align': words('left', 'right', 'center', 'justify', 'start', 'end'),
  'text-decoration': [/^(?:none|underline|line-through|overline)$/i],
  'text-transform': words('none', 'uppercase', 'lowercase', 'capitalize'),
  'text-indent': [length],
  'vertical-align': words('top', 'middle', 'bottom', 'baseline', 'sub', 'super', 'text-top', 'text-bottom'),
  'white-space': words('normal', 'nowrap', 'pre', 'pre-wrap', 'pre-line'),
  'word-break': words('normal', 'break-word', 'break-all', 'keep-all'),
  'overflow-wrap': words('normal', 'break-word', 'anywhere'),
  direction: words('ltr', 'rtl'),
  display: words('none', 'block', 'inline', 'inline-block', 'table', 'table-row', 'table-cell', 'list-item'),
  width: [length],
  'max-width': [/^(?:none|\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%))$/i],
  'min-width': [/^(?:0|\d{1,3}(?:px|pt|em|%))$/i],
  height: [length],
  'max-height': [/^(?:none|\d{1,4}(?:px|pt|em|%))$/i],
  margin: [lengths],
  'margin-top': [length],
  'margin-right': [length],
  'margin-bottom': [length],
  'margin-left': [length],
  padding: [lengths],
  'padding-top': [length],
  'padding-right': [length],
  'padding-bottom': [length],
  'padding-left': [length],
  border: [border],
  'border-top': [border],
  'border-right': [border],
  'border-bottom': [border],
  'border-left': [border],
  'border-color': [border],
  'border-style': [border],
  'border-width': [lengths],
  'border-radius': [lengths],
  'border-collapse': words('collapse', 'separate'),
  'border-spacing': [lengths],
  'list-style-type': [/^[a-z-]{1,30}$/i],
  'table-layout': words('auto', 'fixed'),
}
