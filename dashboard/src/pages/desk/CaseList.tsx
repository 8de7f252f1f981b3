import { Empty, Spin } from 'antd'
import type { CaseRow } from '../../api/types'
import { useStageNames } from '../../app/names'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { Countdown } from '../../time/Countdown'
import { CaseLink } from '../cases/columns'

/** Cases by what is due next. On a narrow screen each row becomes a block; the roles keep it a table for those who hear it. */
export function CaseList({ cases, loading }: { cases: readonly CaseRow[]; loading: boolean }) {
  const { t, code } = useWording()
  const stage = useStageNames()
  if (loading) return <Spin />
  if (cases.length === 0) return <Empty description={t('desk.noCases')} />
  return (
    <table className="desk-cases" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {(['light', 'case', 'left', 'type', 'stage', 'custody'] as const).map((name) => (
            <th key={name} role="columnheader" scope="col">
              {t(`list.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {cases.map((c) => (
          <tr key={c.id} role="row" data-item={c.id} tabIndex={-1}>
            <td role="cell">
              <LevelTag level={c.light} />
            </td>
            <td role="cell" className="desk-case">
              <CaseLink id={c.id} name={c.name} />
            </td>
            <td role="cell" className="desk-left">
              <Countdown due={c.nextDueAt ?? c.nextDueOn} />
              <small className="number">{c.nextDueOn?.slice(0, 10)}</small>
            </td>
            <td role="cell">{code('caseType', c.caseType)}</td>
            <td role="cell">{stage(c)}</td>
            <td role="cell">{c.custody ? t('list.custody') : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
