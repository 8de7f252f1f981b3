import { App, Button, Form, Input, Modal, Select, Space, Typography } from 'antd'
import { useState } from 'react'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { actsOf, FIELDS, KINDS, OPTIONAL, perform, RECEIVERS } from './acts'
import type { Act, Field } from './acts'

interface Props {
  ids: readonly string[]
  onDone: () => void
}

/** Acts on the chosen alerts, all in one request. */
export function ActBar({ ids, onDone }: Props) {
  const me = useMe()
  const { t } = useWording()
  const { message } = App.useApp()
  const [act, setAct] = useState<Act | null>(null)
  const [busy, setBusy] = useState(false)
  const [form] = Form.useForm<Partial<Record<Field, string>>>()

  const run = async (chosen: Act, values: Partial<Record<Field, string>>) => {
    setBusy(true)
    try {
      const outcome = await perform(chosen, ids, values)
      if (outcome.done > 0) message.success(t('act.done', { n: outcome.done }))
      if (outcome.failed > 0) message.error(t('act.failed', { n: outcome.failed, detail: outcome.detail }))
      setAct(null)
      onDone()
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Space wrap>
        <Typography.Text>{t('act.selected', { n: ids.length })}</Typography.Text>
        {actsOf(me).map((a) => (
          <Button key={a} disabled={ids.length === 0} onClick={() => setAct(a)}>
            {t(`act.${a}`)}
          </Button>
        ))}
        <Button type="text" onClick={onDone}>
          {t('act.clear')}
        </Button>
      </Space>
      <Modal
        open={act !== null}
        title={act && `${t(`act.${act}`)} · ${t('act.selected', { n: ids.length })}`}
        confirmLoading={busy}
        onCancel={() => setAct(null)}
        onOk={form.submit}
        destroyOnHidden
      >
        {act && (
          <Form form={form} layout="vertical" preserve={false} onFinish={(values) => void run(act, values)}>
            {FIELDS[act].map((field) => (
              <Form.Item
                key={field}
                name={field}
                label={t(`act.${field}`)}
                rules={[{ required: !OPTIONAL.includes(field), message: t('act.required') }]}
              >
                {field === 'kind' ? (
                  <Select options={KINDS.map((k) => ({ value: k, label: t(`act.kind.${k}`) }))} />
                ) : field === 'to' ? (
                  <Select options={RECEIVERS.map((k) => ({ value: k, label: t(`act.to.${k}`) }))} />
                ) : (
                  <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
                )}
              </Form.Item>
            ))}
          </Form>
        )}
      </Modal>
    </>
  )
}
