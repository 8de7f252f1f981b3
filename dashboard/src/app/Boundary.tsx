import { Component } from 'react'
import type { ReactNode } from 'react'
import { messageOf } from '../api/client'
import { useWording } from '../i18n/language'

interface Props {
  children: ReactNode
  /** Another value, such as another address, is another try. */
  of: string
}

interface State {
  of: string
  failure: string | null
}

/** One page that fails leaves the others where they are; also where a page's files went with an older version of the server. */
export class Boundary extends Component<Props, State> {
  override state: State = { of: this.props.of, failure: null }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: messageOf(error) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.of === state.of ? null : { of: props.of, failure: null }
  }

  override render(): ReactNode {
    return this.state.failure === null ? this.props.children : <Failed detail={this.state.failure} />
  }
}

function Failed({ detail }: { detail: string }) {
  const { t } = useWording()
  return (
    <div className="app-message" role="alert">
      <div>
        <h2>{t('fail.page')}</h2>
        <p>{t('fail.pageHint')}</p>
        <p>
          <code>{detail}</code>
        </p>
        <button type="button" onClick={() => location.reload()}>
          {t('fail.reload')}
        </button>
      </div>
    </div>
  )
}
