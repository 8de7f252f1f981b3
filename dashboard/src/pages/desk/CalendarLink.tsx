import { App, Button, Flex, Input, Modal, Space, Typography } from 'antd'
import { useRef, useState } from 'react'
import type { InputRef } from 'antd'
import { messageOf, post, remove } from '../../api/client'
import { useRead } from '../../api/useRead'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'

/** The address under which a phone subscribes to the calendar: made, copied once, revoked. */
export function CalendarLink({ path }: { path: string }) {
  const { t, language } = useWording()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [address, setAddress] = useState<string | null>(null)
  const { value: state, reload } = useRead<{ open: boolean; createdAt: string | null }>(open ? `${path}/calendar` : null)
  const field = useRef<InputRef>(null)

  const act = async (what: () => Promise<unknown>) => {
    try {
      await what()
      await reload()
    } catch (error) {
      void message.error(messageOf(error))
    }
  }
  const create = () =>
    act(async () => {
      const made = (await post(`${path}/calendar`, {})) as { path: string }
      setAddress(`${location.origin}${made.path}&lang=${language}`)
    })
  const revoke = () =>
    act(async () => {
      await remove(`${path}/calendar`)
      setAddress(null)
      void message.success(t('desk.ics.revoked'))
    })
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(address ?? '')
      void message.success(t('desk.ics.copied'))
    } catch {
      // Not on a secure connection: it is selected, and the keyboard copies it.
    }
  }
  const close = () => {
    setOpen(false)
    setAddress(null)
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('desk.ics')}</Button>
      <Modal open={open} title={t('desk.ics')} footer={null} onCancel={close} destroyOnHidden>
        <Flex vertical gap={14}>
          <Typography.Text>{t('desk.ics.explain')}</Typography.Text>
          {address === null ? (
            <Typography.Text type="secondary">
              {state?.open === true ? (
                <>
                  {t('desk.ics.open', { t: '' })}
                  <Instant at={state.createdAt} />
                </>
              ) : (
                t('desk.ics.closed')
              )}
            </Typography.Text>
          ) : (
            <>
              <Typography.Text strong>{t('desk.ics.once')}</Typography.Text>
              <Space.Compact block>
                <Input ref={field} readOnly value={address} aria-label={t('desk.ics.link')} onFocus={(e) => e.target.select()} />
                <Button type="primary" onClick={() => void copy()}>
                  {t('desk.ics.copy')}
                </Button>
              </Space.Compact>
            </>
          )}
          <Space wrap>
            <Button onClick={() => void create()}>{t(state?.open === true ? 'desk.ics.renew' : 'desk.ics.create')}</Button>
            {state?.open === true && (
              <Button danger onClick={() => void revoke()}>
                {t('desk.ics.revoke')}
              </Button>
            )}
          </Space>
        </Flex>
      </Modal>
    </>
  )
}
