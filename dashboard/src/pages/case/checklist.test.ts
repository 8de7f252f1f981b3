import { expect, it } from 'vitest'
import type { CaseDocument } from '../../api/types'
import { grouped } from './checklist'

const one = (name: string, required: boolean, state: CaseDocument['state']): CaseDocument => ({ code: name, name, required, state })

it('tells first what is missing, then what is there, then what is to come, and last what nobody demands', () => {
  const documents = [one('提讯证', false, 'missing'), one('起诉书', true, 'not-yet'), one('换押证', false, 'present'), one('告知书', true, 'present'), one('送达回证', true, 'missing')]
  expect(grouped(documents).map((g) => [g.group, ...g.documents.map((d) => d.name)])).toEqual([
    ['missing', '送达回证'], ['present', '告知书', '换押证'], ['not-yet', '起诉书'], ['other', '提讯证'],
  ])
})

it('shows no group that is empty', () => expect(grouped([])).toEqual([]))
