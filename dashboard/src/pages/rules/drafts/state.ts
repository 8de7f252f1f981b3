import type { DraftState } from '../../../api/catalogue'

export const STATE_COLOR: Record<DraftState, string> = {
  draft: 'default',
  shadow: 'purple',
  published: 'green',
  withdrawn: 'default',
  'rolled-back': 'orange',
}
