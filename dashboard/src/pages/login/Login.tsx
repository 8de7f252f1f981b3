import { Alert, Button, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { ApiError, post } from '../../api/client'
import { home } from '../../app/scope'
import { useSession } from '../../app/session'
import { useWording } from '../../i18n/language'
import './login.css'

export default function Login() {
  const { me, failure, reload } = useSession()
  const { t, language, setLanguage } = useWording()
  const [search] = useSearchParams()

  if (me && !me.mustChangePassword) {
    const next = search.get('next')
    // Only a path of this site: `//host` would lead away from it.
    return <Navigate to={next && /^\/(?![/\\])/.test(next) ? next : home(me)} replace />
  }
  return (
    <main className="login">
      <section>
        <Typography.Title level={2}>{t('app.title')}</Typography.Title>
        {failure !== null && <Alert type="error" showIcon title={t('login.failed', { detail: failure })} />}
        {me ? <ChangePassword onDone={reload} /> : <SignIn onDone={reload} />}
        <Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('app.language')}
        </Button>
      </section>
    </main>
  )
}

function useSubmit(send: () => Promise<unknown>, done: () => Promise<void>) {
  const { t } = useWording()
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setError(null)
    try {
      await send()
      await done()
    } catch (failed) {
      if (failed instanceof ApiError && failed.status === 401) setError(t('login.wrong'))
      else if (failed instanceof ApiError && failed.status === 429) setError(t('login.busy'))
      else setError(t('login.failed', { detail: failed instanceof Error ? failed.message : String(failed) }))
    } finally {
      setBusy(false)
    }
  }
  return { error, busy, submit }
}

function SignIn({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useWording()
  const [form] = Form.useForm<{ user: string; password: string }>()
  const { error, busy, submit } = useSubmit(() => post('/api/login', form.getFieldsValue()), onDone)
  return (
    <Form form={form} layout="vertical" size="large" requiredMark={false} onFinish={submit}>
      <Form.Item name="user" label={t('login.user')} rules={[{ required: true, message: '' }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label={t('login.password')} rules={[{ required: true, message: '' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {error !== null && <Alert type="error" showIcon title={error} />}
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('login.submit')}
      </Button>
    </Form>
  )
}

function ChangePassword({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useWording()
  const [form] = Form.useForm<{ current: string; new: string; repeat: string }>()
  const { error, busy, submit } = useSubmit(() => {
    const { current, new: chosen } = form.getFieldsValue()
    return post('/api/password', { current, new: chosen })
  }, onDone)
  return (
    <Form form={form} layout="vertical" size="large" requiredMark={false} onFinish={submit}>
      <Alert type="warning" showIcon title={t('login.change')} />
      <Form.Item name="current" label={t('login.current')} rules={[{ required: true, message: '' }]}>
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item name="new" label={t('login.new')} rules={[{ required: true, message: '' }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('login.repeat')}
        dependencies={['new']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('login.mismatch'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {error !== null && <Alert type="error" showIcon title={error} />}
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('login.changeSubmit')}
      </Button>
    </Form>
  )
}
