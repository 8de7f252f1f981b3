import { Button, Dropdown } from 'antd'
import { useWording } from '../i18n/language'
import { CHOICES, useTheme } from './theme'
import type { Choice } from './theme'

export function ThemeSwitch() {
  const { t } = useWording()
  const { theme, choice, choose } = useTheme()
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [choice],
        items: CHOICES.map((key) => ({ key, label: t(`theme.${key}`) })),
        onClick: ({ key }) => choose(key as Choice),
      }}
    >
      <Button type="text" aria-label={t('theme.label')} title={t('theme.label')}>
        <span aria-hidden="true">{theme === 'dark' ? '☾' : '☀'}</span>
      </Button>
    </Dropdown>
  )
}
