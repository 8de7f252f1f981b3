import { App as Messages, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { useWording } from '../i18n/language'
import { SignedIn } from './App'
import { Shell } from './Shell'

const Login = lazy(() => import('../pages/login/Login'))
const Desk = lazy(() => import('../pages/desk/Desk'))
const Cases = lazy(() => import('../pages/cases/Cases'))
const Case = lazy(() => import('../pages/case/Case'))
const Alerts = lazy(() => import('../pages/alerts/Alerts'))
const Rules = lazy(() => import('../pages/rules/Rules'))
const Ops = lazy(() => import('../pages/ops/Ops'))
const Procuratorate = lazy(() => import('../pages/procuratorates/Procuratorate'))
const Calculator = lazy(() => import('../pages/calculator/Calculator'))
const Department = lazy(() => import('../pages/departments/Department'))

const fontFamily =
  "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', system-ui, sans-serif"

/** Everything but the wall: the pages people work in. */
export default function Office() {
  const { language } = useWording()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{ token: { fontFamily, colorPrimary: '#1f5f99', colorLink: '#1f5f99', colorBgLayout: '#f4f6f9' } }}
    >
      <Messages>
        <Routes>
          <Route path="/login" element={<Login />} />
          <Route
            element={
              <SignedIn>
                <Shell />
              </SignedIn>
            }
          >
            <Route path="/desk" element={<Desk />} />
            <Route path="/cases" element={<Cases />} />
            <Route path="/cases/*" element={<Case />} />
            <Route path="/alerts" element={<Alerts />} />
            <Route path="/rules/*" element={<Rules />} />
            <Route path="/departments/*" element={<Department />} />
            <Route path="/procuratorates/*" element={<Procuratorate />} />
            <Route path="/calculator" element={<Calculator />} />
            <Route path="/ops" element={<Ops />} />
            <Route path="*" element={<Missing />} />
          </Route>
        </Routes>
      </Messages>
    </ConfigProvider>
  )
}

function Missing() {
  const { t } = useWording()
  return <p className="app-message">{t('app.notFound')}</p>
}
