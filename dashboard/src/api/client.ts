import type { Me } from './types'

/** What the server answered instead of a result: RFC 9457 where it sent one. Its message is in the language of the page. */
export class ApiError extends Error {
  /** 0 where no answer came. */
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

/** What is known of a failure before it has words. */
export interface Failure {
  status: number
  code: string | null
  detail: string | null
  /** The field or parameter at fault. */
  at: string | null
}

let csrf = ''
let protocols: readonly string[] = []
let expired: () => Promise<boolean> = () => Promise.resolve(false)
let worded: (failure: Failure) => string = ({ status, detail }) => detail ?? String(status)
let waiting = 0

/** Calls that may wait for a login at once; a page left alone for a night must not pile them up. */
const MOST_WAITING = 40

/** Called when the server says the session is over; answers whether somebody signed in again, so that the call is worth repeating. */
export function whenExpired(handler: () => Promise<boolean>): void {
  expired = handler
}

/** Who words failures for the person at the screen. */
export function wordFailures(handler: (failure: Failure) => string): void {
  worded = handler
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

async function problem(response: Response): Promise<ApiError> {
  const { status } = response
  let body: Record<string, unknown> = {}
  try {
    body = (await response.json()) as Record<string, unknown>
  } catch {
    // Not JSON: the status is all there is to say.
  }
  const failure: Failure = {
    status,
    code: textOf(body['code']),
    detail: textOf(body['detail']) ?? textOf(body['title']),
    at: textOf(body['pointer']) ?? textOf(body['parameter']),
  }
  return new ApiError(status, worded(failure), body)
}

async function send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(path, {
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
  } catch {
    throw new ApiError(0, worded({ status: 0, code: 'unreachable', detail: null, at: null }))
  }
}

/** The addresses that are about the session itself: their 401 is an answer, not an interruption. */
const ABOUT_SESSIONS = ['/api/login', '/api/logout', '/api/me']

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await send(method, path, body, headers)
  if (response.ok) return response
  if (response.status === 401 && !ABOUT_SESSIONS.includes(path) && (await awaited())) {
    const again = await send(method, path, body, headers)
    if (again.ok) return again
    throw await problem(again)
  }
  if (response.status === 401 && path === '/api/me') void expired()
  throw await problem(response)
}

async function awaited(): Promise<boolean> {
  if (waiting >= MOST_WAITING) return false
  waiting++
  try {
    return await expired()
  } finally {
    waiting--
  }
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
