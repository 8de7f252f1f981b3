import { Alert, App, Button, Card, Flex, Input, Popconfirm, Space, Tag, Typography } from 'antd'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { messageOf, post, put, remove } from '../../../api/client'
import type { CatalogueFacts, Draft } from '../../../api/catalogue'
import { namesOf, useUnits } from '../../../app/names'
import { useMe } from '../../../app/session'
import { useWording } from '../../../i18n/language'
import { Backtesting } from './Backtesting'
import { refusal } from './draft'
import { Explained } from './Explained'
import { Publishing } from './Publishing'
import { STATE_COLOR } from './state'
import { TEMPLATE } from './template'
import { useValidation } from './useValidation'
import type { Validation } from './useValidation'

// The editor's code loads with the first draft that is opened, not with the catalogue.
const Editor = lazy(() => import('./Editor'))

/** The largest file that is read into the editor, in bytes. */
const LARGEST = 1 << 20

interface Props {
  draft: Draft | null
  start: string
  facts: CatalogueFacts | null
  reload: () => Promise<void>
}

export function DraftEditor({ draft, start, facts, reload }: Props) {
  const { t } = useWording()
  const { message } = App.useApp()
  const me = useMe()
  const navigate = useNavigate()
  const units = useUnits()
  const names = useMemo(() => namesOf(units), [units])
  const [yaml, setYaml] = useState(start)
  const [note, setNote] = useState(draft?.note ?? '')
  const [saving, setSaving] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const [goTo, setGoTo] = useState<{ line: number } | null>(null)
  const validation = useValidation(yaml)
  const errors = useMemo(() => (validation.state === 'invalid' ? validation.errors : []), [validation])
  const refused = refusal('edit', me, draft, facts)
  const typed = yaml !== (draft?.yaml ?? start) || note !== (draft?.note ?? '')
  const unsaved = draft === null || typed

  useEffect(() => {
    if (!typed) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [typed])

  const save = async () => {
    setSaving(true)
    try {
      if (draft === null) {
        const made = (await post('/api/rules/drafts', { yaml, note })) as Draft
        void message.success(t('draft.saved'))
        await navigate(`/rules/drafts/${encodeURIComponent(made.id)}`, { replace: true })
      } else {
        await put(`/api/rules/drafts/${encodeURIComponent(draft.id)}`, { yaml, note })
        void message.success(t('draft.saved'))
        await reload()
      }
    } catch (error) {
      void message.error(t('draft.failed', { detail: messageOf(error) }))
    } finally {
      setSaving(false)
    }
  }

  const withdraw = async (id: string) => {
    try {
      await remove(`/api/rules/drafts/${encodeURIComponent(id)}`)
      await reload()
    } catch (error) {
      void message.error(t('draft.failed', { detail: messageOf(error) }))
    }
  }

  const load = async (file: File) => {
    if (file.size > LARGEST) void message.error(t('draft.failed', { detail: file.name }))
    else setYaml((await file.text()).replace(/\r\n?/g, '\n'))
  }

  const whyNotSave = refused !== null ? t(refused) : validation.state === 'invalid' ? t('draft.invalid', { n: errors.length }) : validation.state === 'checking' ? t('draft.checking') : null
  return (
    <>
      <div className="page-head">
        <Link to="/rules/drafts">{t('draft.back')}</Link>
        <Typography.Title level={4}>{draft === null ? t('draft.newTitle') : t('draft.title', { id: draft.id })}</Typography.Title>
        {draft !== null && <Tag color={STATE_COLOR[draft.state]}>{t(`draft.state.${draft.state}`)}</Tag>}
        {draft !== null && (
          <Typography.Text type="secondary">
            {[
              draft.rules.join(t('explain.comma')),
              draft.procuratorate === null ? t('rules.everywhere') : names.procuratorate(draft.procuratorate),
              `${t('draft.editors')} ${draft.editors.join(t('explain.comma'))}`,
            ].join(' · ')}
          </Typography.Text>
        )}
      </div>
      <div className="draft">
        <Card
          size="small"
          title={t('draft.editor')}
          extra={
            refused === null && (
              <Space>
                {draft === null && <Button size="small" onClick={() => setYaml(TEMPLATE)}>{t('draft.template')}</Button>}
                <input
                  ref={chooser}
                  type="file"
                  accept=".yaml,.yml"
                  hidden
                  aria-label={t('draft.upload')}
                  onChange={(e) => {
                    const file = e.target.files?.[0]
                    if (file) void load(file)
                    // The same file, corrected, may be chosen again.
                    e.target.value = ''
                  }}
                />
                <Button size="small" onClick={() => chooser.current?.click()}>{t('draft.upload')}</Button>
              </Space>
            )
          }
        >
          <Suspense fallback={<div className="draft-editor">{t('draft.loading')}</div>}>
            <Editor label={t('draft.editor')} value={yaml} errors={errors} readOnly={refused !== null} goTo={goTo} onChange={setYaml} />
          </Suspense>
          <Verdict validation={validation} onLine={(line) => setGoTo({ line })} />
          <Flex gap={12} align="center" style={{ marginTop: 12 }}>
            <Input aria-label={t('draft.note')} placeholder={t('draft.notePlaceholder')} maxLength={500} value={note} disabled={refused !== null} onChange={(e) => setNote(e.target.value)} />
            <Explained why={whyNotSave}>
              <Button type="primary" loading={saving} disabled={whyNotSave !== null || !unsaved} onClick={() => void save()}>
                {t('draft.save')}
              </Button>
            </Explained>
            {draft !== null && (draft.state === 'draft' || draft.state === 'shadow') && (
              <Explained why={why(refusal('withdraw', me, draft, facts), t)}>
                <Popconfirm title={t('draft.withdraw')} description={t('draft.withdrawSure')} onConfirm={() => withdraw(draft.id)}>
                  <Button danger disabled={refusal('withdraw', me, draft, facts) !== null}>{t('draft.withdraw')}</Button>
                </Popconfirm>
              </Explained>
            )}
          </Flex>
          {refused !== null && <Alert style={{ marginTop: 12 }} type="info" showIcon title={t(refused)} />}
          {refused === null && draft !== null && unsaved && <Alert style={{ marginTop: 12 }} type="warning" showIcon title={t('draft.unsaved')} />}
        </Card>
        <Publishing draft={draft} facts={facts} unsaved={unsaved} reload={reload} />
      </div>
      <Backtesting draft={draft} facts={facts} />
    </>
  )
}

function why(refused: ReturnType<typeof refusal>, t: ReturnType<typeof useWording>['t']): string | null {
  return refused === null ? null : t(refused)
}

function Verdict({ validation, onLine }: { validation: Validation; onLine: (line: number) => void }) {
  const { t } = useWording()
  switch (validation.state) {
    case 'checking':
      return <p className="draft-verdict" role="status">{t('draft.checking')}</p>
    case 'valid':
      return <p className="draft-verdict draft-valid" role="status">{t('draft.valid', { n: validation.rules.join(t('explain.comma')) })}</p>
    case 'unchecked':
      return <p className="draft-verdict draft-invalid" role="status">{t('draft.unchecked', { detail: validation.detail })}</p>
    case 'invalid':
      return (
        <div className="draft-verdict draft-invalid" role="status">
          {t('draft.invalid', { n: validation.errors.length })}
          <ul>
            {validation.errors.map((error, i) => {
              const { line } = error
              return (
                <li key={i}>
                  {typeof line === 'number' ? (
                    <Button type="link" size="small" danger onClick={() => onLine(line)}>
                      {t('draft.line', { n: line })}
                    </Button>
                  ) : (
                    t('draft.noLine')
                  )}{' '}
                  {error.reason}
                </li>
              )
            })}
          </ul>
        </div>
      )
  }
}
