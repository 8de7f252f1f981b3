import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, defaultHighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { RuleError } from '../../../api/catalogue'

interface Props {
  label: string
  value: string
  errors: RuleError[]
  readOnly: boolean
  /** Puts the cursor on a line; a new object does it again. */
  goTo: { line: number } | null
  onChange: (value: string) => void
}

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px' },
  '.cm-scroller': { fontFamily: "ui-monospace, 'Cascadia Mono', 'Noto Sans Mono CJK SC', monospace", lineHeight: '1.6' },
})

/** A text with line numbers in which each error stands at its line. */
export default function Editor({ label, value, errors, readOnly, goTo, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const lock = useRef(new Compartment())
  const changed = useRef(onChange)
  useEffect(() => void (changed.current = onChange), [onChange])

  useEffect(() => {
    if (!box.current) return undefined
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          syntaxHighlighting(defaultHighlightStyle),
          yaml(),
          EditorView.lineWrapping,
          keymap.of([...defaultKeymap, ...historyKeymap]),
          look,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString())
          }),
          lock.current.of([]),
        ],
      }),
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [label])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value, label])

  useEffect(() => {
    view.current?.dispatch({ effects: lock.current.reconfigure(readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []) })
  }, [readOnly, label])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const { doc } = editor.state
    editor.dispatch(
      setDiagnostics(
        editor.state,
        errors.flatMap((error) => {
          if (typeof error.line !== 'number') return []
          const line = doc.line(Math.min(Math.max(1, error.line), doc.lines))
          return [{ from: line.from, to: line.to, severity: 'error' as const, message: error.reason }]
        }),
      ),
    )
  }, [errors, label])

  useEffect(() => {
    const editor = view.current
    if (!editor || goTo === null) return
    const line = editor.state.doc.line(Math.min(Math.max(1, goTo.line), editor.state.doc.lines))
    editor.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) })
    editor.focus()
  }, [goTo])

  return <div className="draft-editor" ref={box} />
}
