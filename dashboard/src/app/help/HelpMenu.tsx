import { Button, Dropdown } from 'antd'
import { Link, useLocation } from 'react-router'
import { useWording } from '../../i18n/language'
import { lawOf } from './law'

/** What this page rests on, and how to use all of them. */
export function HelpMenu({ onTour, onKeys }: { onTour: () => void; onKeys: () => void }) {
  const { t } = useWording()
  const { pathname } = useLocation()
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'about', type: 'group', label: t('help.about'), children: lawOf(pathname).map(({ name, path }) => ({ key: path, label: <Link to={path}>{t(name)}</Link> })) },
          { type: 'divider' },
          { key: 'keys', label: t('help.keys'), extra: '?', onClick: onKeys },
          { key: 'tour', label: t('help.tour'), onClick: onTour },
        ],
      }}
    >
      <Button type="text" className="shell-help">
        {t('help.label')}
      </Button>
    </Dropdown>
  )
}
