import { Alert, Modal, Table } from 'antd'
import type { GivenCases, GivenKind } from '../../api/record'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'
import { CaseLink } from '../cases/columns'

interface Props {
  path: string
  kind: GivenKind
  from: string
  until: string
  names: Names
  onClose: () => void
}

/** The cases behind a number. */
export function GivenList({ path, kind, from, until, names, onClose }: Props) {
  const { t, code } = useWording()
  const { value, failure } = useRead<GivenCases>(`${path}?kind=${kind}&from=${from}&until=${until}`)
  return (
    <Modal open width={900} footer={null} onCancel={onClose} title={t('fairness.list', { kind: t(`fairness.${kind}`), from, until, n: value?.total ?? '…' })}>
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      <Table
        rowKey={(g) => `${g.case} ${g.at} ${g.prosecutor}`}
        size="small"
        loading={value === null && failure === null}
        pagination={{ pageSize: 12, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={value?.items ?? []}
        columns={[
          { key: 'case', title: t('list.case'), render: (_, g) => <CaseLink id={g.case} name={null} /> },
          { key: 'type', title: t('list.type'), render: (_, g) => code('caseType', g.caseType) },
          { key: 'mode', title: t('fairness.mode'), render: (_, g) => code('mode', g.mode) },
          { key: 'who', title: t('list.prosecutor'), render: (_, g) => names.prosecutor(g.prosecutor) },
          { key: 'at', title: t('fairness.at'), render: (_, g) => <Instant at={g.at} /> },
          { key: 'wait', title: t('fairness.hours'), align: 'right', render: (_, g) => <span className="number">{g.wait.toFixed(g.wait < 1 ? 2 : 1)}</span> },
        ]}
      />
    </Modal>
  )
}
