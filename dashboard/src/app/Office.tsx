import { App as Messages, ConfigProvider, theme as themes } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { useWording } from '../i18n/language'
import { SignedIn } from './App'
import { Missing, Shell } from './Shell'
import { useTheme } from './theme'
import type { Theme } from './theme'

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

const stillness = matchMedia('(prefers-reduced-motion: reduce)')

const TOKENS: Record<Theme, Record<string, string>> = {
  light: { colorPrimary: '#1f5f99', colorLink: '#1f5f99', colorError: '#c5221f', colorBgLayout: '#f4f6f9', colorTextDescription: '#5b6775', colorTextTertiary: '#5b6775', colorTextPlaceholder: '#6b7785' },
  dark: { colorPrimary: '#3d86c6', colorLink: '#8fc5f7', colorError: '#ff9490', colorBgLayout: '#10151b', colorBgContainer: '#181f27', colorBgElevated: '#222b35', colorTextDescription: '#a3b0be', colorTextTertiary: '#a3b0be', colorTextPlaceholder: '#8f9cab' },
}
/** White on the primary colour keeps 4.5:1 in both. */
const BUTTON: Record<Theme, Record<string, string>> = { light: {}, dark: { colorPrimary: '#1f6aac', colorPrimaryHover: '#2a76b9', colorPrimaryActive: '#1a5c97' } }

/** Everything but the wall: the pages people work in. */
export default function Office() {
  const { language } = useWording()
  const { theme } = useTheme()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: theme === 'dark' ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: { fontFamily, ...TOKENS[theme], motion: !stillness.matches },
        components: { Button: BUTTON[theme] },
      }}
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
