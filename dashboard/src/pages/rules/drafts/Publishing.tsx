import { App, Button, Card, DatePicker, Flex, Input, Modal, Popconfirm, Switch, Typography } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { messageOf, post } from '../../../api/client'
import type { CatalogueFacts, Draft } from '../../../api/catalogue'
import { useMe } from '../../../app/session'
import { useWording } from '../../../i18n/language'
import { legalNow } from '../../../time/clock'
import { Instant } from '../../../time/Instant'
import { legal } from '../../../time/remaining'
import { refusal } from './draft'
import { Explained } from './Explained'

interface Props {
  draft: Draft | null
  facts: CatalogueFacts | null
  unsaved: boolean
  reload: () => Promise<void>
}

/** Milliseconds between two looks at what a shadow has counted. */
const LOOK = 15_000

/** Shadow, publication and the way back, each with the reason why the caller may not. */
export function Publishing({ draft, facts, unsaved, reload }: Props) {
  const { t } = useWording()
  const { message } = App.useApp()
  const me = useMe()
  const today = legal(legalNow()).date
  const [effective, setEffective] = useState(today)
  // The clock goes on while the page is open.
  const from = effective < today ? today : effective
  const [busy, setBusy] = useState(false)
  const [reason, setReason] = useState<string | null>(null)

  const shadowed = draft?.state === 'shadow'
  useEffect(() => {
    if (!shadowed) return undefined
    const timer = setInterval(() => void reload(), LOOK)
    return () => clearInterval(timer)
  }, [shadowed, reload])

  const act = async (path: string, body: unknown): Promise<boolean> => {
    if (draft === null) return false
    setBusy(true)
    try {
      await post(`/api/rules/drafts/${encodeURIComponent(draft.id)}/${path}`, body)
      await reload()
      return true
    } catch (error) {
      void message.error(t('draft.failed', { detail: messageOf(error) }))
      return false
    } finally {
      setBusy(false)
    }
  }

  const why = (key: ReturnType<typeof refusal>) => (key === null ? null : t(key))
  const noShadow = why(refusal('shadow', me, draft, facts)) ?? (unsaved ? t('draft.saveFirst') : null)
  const noPublish = why(refusal('publish', me, draft, facts)) ?? (unsaved ? t('draft.saveFirst') : null)
  const noRollback = why(refusal('rollback', me, draft, facts))
  const published = draft?.state === 'published'
  return (
    <Flex vertical gap={16}>
      <Card size="small" title={t('draft.shadow')}>
        <Flex gap={12} align="center">
          <Explained why={noShadow}>
            <Switch aria-label={t('draft.shadow')} loading={busy} disabled={noShadow !== null} checked={shadowed} onChange={(on) => void act('shadow', { on })} />
          </Explained>
          {draft?.shadow ? (
            <span>
              {shadowed && draft.shadow.since !== null ? t('draft.shadowOn', { t: draft.shadow.since.slice(0, 16).replace('T', ' ') }) : t('draft.shadowLast')}{' '}
              <strong className="number">{t('draft.shadowCount', { n: draft.shadow.fired, cases: draft.shadow.cases })}</strong>
            </span>
          ) : (
            t('draft.shadowOff')
          )}
        </Flex>
        <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>{noShadow ?? t('draft.shadowHelp')}</Typography.Paragraph>
      </Card>
      <Card size="small" title={t('draft.publishing')}>
        {draft !== null && (published || draft.state === 'rolled-back') && (
          <Typography.Paragraph>
            {t('draft.publishedAs', { n: draft.version ?? t('rules.dash'), t: draft.effectiveFrom ?? t('rules.dash'), who: draft.publishedBy ?? t('rules.dash') })} <Instant at={draft.publishedAt} />
          </Typography.Paragraph>
        )}
        {!published && (
          <Flex gap={8} align="center">
            <DatePicker
              aria-label={t('draft.effective')}
              allowClear={false}
              disabled={noPublish !== null}
              minDate={dayjs(today)}
              value={dayjs(from)}
              onChange={(day) => day && setEffective(day.format('YYYY-MM-DD'))}
            />
            <Explained why={noPublish}>
              <Popconfirm
                title={t('draft.publish')}
                description={t('draft.publishSure', { t: from })}
                onConfirm={() => act('publish', { effectiveFrom: from })}
                disabled={noPublish !== null}
              >
                <Button type="primary" loading={busy} disabled={noPublish !== null}>
                  {t('draft.publish')}
                </Button>
              </Popconfirm>
            </Explained>
          </Flex>
        )}
        {published && (
          <Explained why={noRollback}>
            <Button danger loading={busy} disabled={noRollback !== null} onClick={() => setReason('')}>
              {t('draft.rollback')}
            </Button>
          </Explained>
        )}
        <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>
          {(published ? noRollback : noPublish) ?? t('draft.twoPersonsShort')}
        </Typography.Paragraph>
      </Card>
      <Modal
        open={reason !== null}
        title={t('draft.rollback')}
        okText={t('draft.rollback')}
        okButtonProps={{ danger: true, disabled: (reason ?? '').trim() === '', loading: busy }}
        onCancel={() => setReason(null)}
        onOk={async () => {
          if (await act('rollback', { reason: reason?.trim() })) setReason(null)
        }}
      >
        <Typography.Paragraph>{t('draft.rollbackHelp')}</Typography.Paragraph>
        <Input.TextArea rows={3} maxLength={500} aria-label={t('draft.rollbackReason')} placeholder={t('draft.rollbackReason')} value={reason ?? ''} onChange={(e) => setReason(e.target.value)} />
      </Modal>
    </Flex>
  )
}
