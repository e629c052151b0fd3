import { Link, RichTextEditor } from '@mantine/tiptap'
import '@mantine/tiptap/styles.layer.css'
import { Placeholder } from '@tiptap/extensions'
import { useEditor } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../../messages/translate.ts'
import css from './editor.module.css'

export type EditorHandle = {
  focus: () => void
  /** Puts plain text at the cursor; a blank line begins a paragraph. */
  insert: (text: string) => void
}

type Props = {
  initial: string
  label: string
  placeholder: string
  onChange: (html: string) => void
  /** With null when the editor goes. */
  onReady: (handle: EditorHandle | null) => void
  onFiles: (files: File[]) => void
  /** ⌘⏎, with shift for the other way to send. */
  onSend: (shift: boolean) => void
  /** Under the text: files. */
  below?: ReactNode
  /** Right of the tools: draft state, send button. */
  aside: ReactNode
  /** Left of the tools. */
  tools?: ReactNode
}

/** The text being written. Escape gives the keys back to the page; files may be pasted. */
export function Editor(props: Props) {
  const { initial, label, placeholder, onReady, below, aside, tools } = props
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const editor = useEditor({
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    content: initial,
    extensions: [
      StarterKit.configure({
        link: false,
        heading: false,
        horizontalRule: false,
        dropcursor: { color: 'var(--ms-accent)' },
      }),
      Link.configure({ openOnClick: false, defaultProtocol: 'https' }),
      Placeholder.configure({ placeholder: () => latest.current.placeholder }),
    ],
    editorProps: {
      attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' },
      handleKeyDown: (_view, event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          event.preventDefault()
          latest.current.onSend(event.shiftKey)
          return true
        }
        if (event.key === 'Escape') {
          editor?.commands.blur()
          return true
        }
        return false
      },
      handlePaste: (_view, event) => {
        const files = [...(event.clipboardData?.files ?? [])]
        if (files.length === 0) return false
        latest.current.onFiles(files)
        return true
      },
    },
    onUpdate: ({ editor }) => latest.current.onChange(editor.isEmpty ? '' : editor.getHTML()),
  })
  useEffect(() => {
    onReady({
      focus: () => {
        // The editor's own command waits for a frame; what is typed until then would be taken for shortcuts.
        editor.view.focus()
        editor.commands.setTextSelection(editor.state.doc.content.size)
      },
      insert: (text) => editor.chain().focus().insertContent(paragraphs(text)).run(),
    })
    return () => latest.current.onReady(null)
    // Only a new editor is news.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [editor])
  useEffect(() => {
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' },
      },
    })
    // The placeholder is drawn with the next transaction.
    editor.view.dispatch(editor.state.tr)
  }, [editor, label, placeholder])
  return (
    <RichTextEditor editor={editor} classNames={css} labels={labels}>
      <div className={css.scroll}>
        <RichTextEditor.Content />
        {below}
      </div>
      <div className={css.foot}>
        <div className={css.tools} role="toolbar" aria-label={t('composer.format')}>
          {tools}
          <RichTextEditor.ControlsGroup className={css.format}>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.Link />
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Code />
          </RichTextEditor.ControlsGroup>
        </div>
        <div className={css.aside}>{aside}</div>
      </div>
    </RichTextEditor>
  )
}

/** As nodes, not as markup: the text may name things in angle brackets. */
function paragraphs(text: string) {
  if (!text.includes('\n')) return { type: 'text', text }
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => ({
      type: 'paragraph',
      content: block
        .split('\n')
        .flatMap((line, index) => [
          ...(index > 0 ? [{ type: 'hardBreak' }] : []),
          ...(line ? [{ type: 'text', text: line }] : []),
        ]),
    }))
}

const labels = {
  boldControlLabel: t('composer.bold'),
  italicControlLabel: t('composer.italic'),
  linkControlLabel: t('composer.link'),
  linkEditorInputLabel: t('composer.linkAddress'),
  linkEditorInputPlaceholder: 'https://',
  linkEditorSave: t('composer.linkSave'),
  linkEditorExternalLink: t('composer.linkTab'),
  linkEditorInternalLink: t('composer.linkTab'),
  bulletListControlLabel: t('composer.bullets'),
  orderedListControlLabel: t('composer.numbers'),
  codeControlLabel: t('composer.code'),
}
