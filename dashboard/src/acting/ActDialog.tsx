import { Alert as Notice, Form, Input, Modal, Select, Typography } from 'antd'
import { useRef, useState } from 'react'
import { messageOf } from '../api/client'
import type { Alert } from '../api/types'
import { useWording } from '../i18n/language'
import { actOn } from './acts'
import type { Act, ActRow, Said } from './acts'
import { Evidence } from './Evidence'
import { GRACE } from './grace'
import { grace } from './held'

/** Characters that the server takes. */
const LONGEST_NOTE = 500
const LONGEST_TEXT = 2000

interface Props {
  act: Act
  alerts: readonly Alert[]
  /** Whether it waits a moment, in which it can be taken back. */
  hold?: boolean
  done: (act: Act, results: ActRow[]) => void
  cancel: () => void
}

/** Asks for what an act needs. What was typed stays until the server has taken it. */
export function ActDialog({ act, alerts, hold = false, done, cancel }: Props) {
  const { t } = useWording()
  const [form] = Form.useForm<Said>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  // The same for a click that is repeated because nobody knows whether the first arrived.
  const key = useRef(crypto.randomUUID())

  async function send(said: Said) {
    if (hold) {
      grace.hold({ key: key.current, act, ids: alerts.map((a) => a.id), said })
      done(act, [])
      return
    }
    setBusy(true)
    try {
      done(act, await actOn(alerts, act, said, key.current))
    } catch (error) {
      setFailure(messageOf(error))
      setBusy(false)
    }
  }

  const needed = [{ required: true, whitespace: true, message: t('act.needed') }]
  return (
    <Modal
      open
      title={alerts.length === 1 ? t(`act.${act}`) : t('act.many', { act: t(`act.${act}`), n: alerts.length })}
      okText={t(`act.${act}`)}
      cancelText={t('act.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={cancel}
    >
      <Form form={form} layout="vertical" initialValues={{ kind: 'oral', to: 'quality-review' }} onFinish={(said) => void send(said)}>
        {(act === 'acknowledge' || act === 'close') && (
          <Form.Item name="note" label={t('act.note')}>
            <Input.TextArea autoFocus rows={3} maxLength={LONGEST_NOTE} />
          </Form.Item>
        )}
        {act === 'notice' && (
          <Form.Item name="kind" label={t('act.kind')}>
            <Select options={(['oral', 'written', 'report'] as const).map((value) => ({ value, label: t(`act.kind.${value}`) }))} />
          </Form.Item>
        )}
        {act === 'refer' && (
          <Form.Item name="to" label={t('act.to')}>
            <Select options={(['quality-review', 'inspection', 'department'] as const).map((value) => ({ value, label: t(`act.to.${value}`) }))} />
          </Form.Item>
        )}
        {(act === 'dismiss' || act === 'refer') && (
          <Form.Item name="reason" label={t('act.reason')} rules={needed}>
            <Input.TextArea autoFocus rows={3} maxLength={LONGEST_NOTE} />
          </Form.Item>
        )}
        {(act === 'notice' || act === 'reply') && (
          <Form.Item name="text" label={t(act === 'notice' ? 'act.demand' : 'act.answer')} rules={needed}>
            <Input.TextArea autoFocus rows={5} maxLength={LONGEST_TEXT} />
          </Form.Item>
        )}
        {act === 'reply' && alerts.length === 1 && alerts[0] !== undefined && (
          <Form.Item name="evidence" label={t('act.evidence')}>
            <Evidence case={alerts[0].case} />
          </Form.Item>
        )}
      </Form>
      {hold && <Typography.Text type="secondary">{t('held.explain', { n: GRACE / 1000 })}</Typography.Text>}
      {failure !== null && <Notice type="error" showIcon title={t('app.failed', { detail: failure })} />}
    </Modal>
  )
}
