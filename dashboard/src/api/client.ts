import type { Me } from './types'

/** What the server answered instead of a result: RFC 9457 where it sent one. */
export class ApiError extends Error {
  readonly status: number
  /** The body of the problem, for what an endpoint says beside its detail. */
  readonly problem: Readonly<Record<string, unknown>>
  constructor(status: number, detail: string, problem: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.status = status
    this.problem = problem
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

let csrf = ''
let protocols: readonly string[] = []
let onSignedOut: () => void = () => undefined

/** Called when the server says the session is over. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler
}

async function problem(response: Response): Promise<ApiError> {
  const status = `${response.status} ${response.statusText}`.trim()
  try {
    const body = (await response.json()) as Record<string, unknown>
    const said = [body['detail'], body['title']].find((text) => typeof text === 'string')
    return new ApiError(response.status, said ?? status, body)
  } catch {
    // Not JSON: the status line is all there is to say.
    return new ApiError(response.status, status)
  }
}

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-cache',
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'GET' || csrf === '' ? {} : { 'X-CSRF-Token': csrf }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.ok) return response
  if (response.status === 401 && path !== '/api/login') onSignedOut()
  throw await problem(response)
}

export async function get<T>(path: string, query: Record<string, string | null | undefined> = {}): Promise<T> {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value)
  const suffix = search.size > 0 ? `?${search.toString()}` : ''
  return (await (await call('GET', path + suffix)).json()) as T
}

/** An unsafe call; a repeated one with the same key has no second effect. */
export function post(path: string, body: unknown, key?: string): Promise<unknown> {
  return change('POST', path, body, key === undefined ? {} : { 'Idempotency-Key': key })
}

/** The same for a page that is about to go: the browser sends it even when nobody is left to hear the answer. */
export function postLeaving(path: string, body: unknown, key: string): void {
  void fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'Idempotency-Key': key },
    body: JSON.stringify(body),
  }).catch(() => undefined)
}

export function put(path: string, body: unknown): Promise<unknown> {
  return change('PUT', path, body)
}

export function remove(path: string): Promise<unknown> {
  return change('DELETE', path)
}

async function change(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const text = await (await call(method, path, body, headers)).text()
  return text === '' ? null : (JSON.parse(text) as unknown)
}

/** What the hub of the server speaks, as last heard. */
export function hubProtocols(): readonly string[] {
  return protocols
}

/** The session, its antiforgery token, and the server's clock with the monotonic instants around the reading. */
export async function readMe(): Promise<{ me: Me; sent: number; received: number }> {
  const sent = performance.now()
  const me = await get<Me>('/api/me')
  const received = performance.now()
  csrf = me.csrf
  protocols = me.hubProtocols ?? []
  return { me, sent, received }
}
