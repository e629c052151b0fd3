import {
  ActionIcon,
  Button,
  createTheme,
  type CSSVariablesResolver,
  Input,
  localStorageColorSchemeManager,
  Menu,
  Modal,
  Tooltip,
  type MantineColorsTuple,
} from '@mantine/core'
import { t } from './messages/translate.ts'
import { dark, light, type Token } from './tokens.ts'

const teal: MantineColorsTuple = [
  '#e0efee',
  '#c6e2e0',
  '#9acdc9',
  '#6bb6b1',
  '#429f9a',
  '#258784',
  '#147a78',
  '#0d6e6e',
  '#0a5b5b',
  '#084a4a',
]

const controlHeights: Record<string, string> = { xs: '26px', sm: '30px', md: '36px' }

/** Controls are 30 px high with 13 px text unless told otherwise; the rest of the look is in `tokens.ts` and `global.css`. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14.5px', lg: '17px', xl: '21px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.55', lg: '1.4', xl: '1.3' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '17px' }, h2: { fontSize: '14.5px' }, h3: { fontSize: '13px' } },
  },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray' },
      vars: (_theme, { variant, color }) => ({
        root:
          variant === 'subtle' && color === 'gray'
            ? {
                '--ai-color': 'var(--ms-text-2)',
                '--ai-hover': 'var(--ms-neutral-ground)',
                '--ai-hover-color': 'var(--ms-text)',
              }
            : {},
      }),
    }),
    CloseButton: { defaultProps: { size: 28, iconSize: 18, 'aria-label': t('ui.close') } },
    SegmentedControl: { defaultProps: { radius: 'md', withItemsBorders: false, transitionDuration: 100 } },
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': controlHeights[String(props.size ?? 'sm')] ?? '30px',
          '--button-fz': '13px',
          '--button-padding-x': props.size === 'xs' ? '8px' : '12px',
        },
      }),
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, props) => ({
        wrapper: { '--input-height': controlHeights[String(props.size ?? 'sm')] ?? '30px', '--input-fz': '13px' },
      }),
    }),
    // What may be left empty says so; everything else is needed.
    InputWrapper: { defaultProps: { size: 'sm', withAsterisk: false } },
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.4 },
        shadow: 'lg',
      },
    }),
    Drawer: { defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.3 } } },
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, position: 'bottom-start' } }),
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Combobox: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: true },
      },
    }),
    Tabs: { defaultProps: { keepMounted: false } },
    Switch: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Text: { defaultProps: { size: 'sm' } },
  },
})

/** Puts the palette on the page as `--ms-*` and points Mantine's own variables at it. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...own(light), ...mapped(light), '--mantine-color-teal-text': light.accent },
  dark: { ...own(dark), ...mapped(dark), '--mantine-color-teal-text': dark.accent },
})

function own(palette: Record<Token, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(palette).map(([name, value]) => [`--ms-${name}`, value]))
}

function mapped(palette: Record<Token, string>): Record<string, string> {
  return {
    '--mantine-color-body': palette.surface,
    '--mantine-color-text': palette.text,
    '--mantine-color-bright': palette.text,
    '--mantine-color-dimmed': palette['text-3'],
    '--mantine-color-placeholder': palette['text-3'],
    '--mantine-color-anchor': palette.accent,
    '--mantine-color-default': palette.raised,
    '--mantine-color-default-hover': palette.hover,
    '--mantine-color-default-color': palette.text,
    '--mantine-color-default-border': palette['line-strong'],
    '--mantine-color-disabled': palette['neutral-ground'],
    '--mantine-color-disabled-color': palette['text-3'],
    '--mantine-color-disabled-border': palette.line,
    '--mantine-color-error': palette['danger-text'],
    '--mantine-color-teal-filled': palette['accent-fill'],
    '--mantine-color-teal-filled-hover': palette['accent-fill-hover'],
    '--mantine-color-teal-light': palette['accent-ground'],
    '--mantine-color-teal-light-hover': palette.selected,
    '--mantine-color-teal-light-color': palette.accent,
    '--mantine-color-teal-outline': palette.accent,
    '--mantine-color-red-filled': palette['danger-fill'],
    '--mantine-color-red-text': palette['danger-text'],
    // What a menu paints its red entries with.
    '--mantine-color-red-6': palette['danger-text'],
    '--mantine-color-red-light': palette['danger-ground'],
    '--mantine-color-red-light-color': palette['danger-text'],
    '--mantine-color-red-outline': palette['danger-text'],
  }
}

/** Where the chosen scheme is kept; `public/color-scheme.js` reads the same key before the first paint. */
export const schemeStore = localStorageColorSchemeManager({ key: 'mainstay.scheme' })
