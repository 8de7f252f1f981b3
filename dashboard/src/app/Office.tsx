import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { useWording } from '../i18n/language'

const Login = lazy(() => import('../pages/login/Login'))

/** Everything but the wall: the pages people work in. */
export default function Office() {
  const { language } = useWording()
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS}>
      <Routes>
        <Route path="/login" element={<Login />} />
      </Routes>
    </ConfigProvider>
  )
}
