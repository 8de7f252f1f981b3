import { DatePicker, Form, Input, Modal, Typography } from 'antd'
import dayjs from 'dayjs'
import { grace } from '../../acting/held'
import type { Alert } from '../../api/types'
import { useWording } from '../../i18n/language'
import { dayOf } from './month'
import { legalNow } from '../../time/clock'

/** Room for the words around it: the server takes 500 characters. */
const LONGEST = 440

/**
 * Asking for more time is said to those who supervise the alert: as an answer where a notice waits for one, else with the acknowledgement. What lengthens the limit is the approval, which comes as
 * an event of its own.
 */
export function ExtendDialog({ alert, close }: { alert: Alert; close: () => void }) {
  const { t } = useWording()
  const [form] = Form.useForm<{ until: dayjs.Dayjs; reason: string }>()
  const needed = [{ required: true, message: t('act.needed') }]
  const ask = ({ until, reason }: { until: dayjs.Dayjs; reason: string }) => {
    const text = t('desk.extend.note', { date: until.format('YYYY-MM-DD'), reason })
    const noticed = alert.status === 'noticed' || alert.status === 'replied'
    grace.hold({ key: crypto.randomUUID(), act: noticed ? 'reply' : 'acknowledge', ids: [alert.id], said: noticed ? { text } : { note: text } })
    close()
  }
  return (
    <Modal open title={t('desk.extend')} okText={t('desk.extend')} cancelText={t('act.cancel')} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" onFinish={ask}>
        <Form.Item name="until" label={t('desk.extend.until')} rules={needed}>
          <DatePicker minDate={dayjs(dayOf(legalNow()))} />
        </Form.Item>
        <Form.Item name="reason" label={t('desk.extend.reason')} rules={[{ required: true, whitespace: true, message: t('act.needed') }]}>
          <Input.TextArea autoFocus rows={3} maxLength={LONGEST} />
        </Form.Item>
      </Form>
      <Typography.Text type="secondary">{t('desk.extend.explain')}</Typography.Text>
    </Modal>
  )
}
