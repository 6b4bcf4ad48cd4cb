// The only way to the server: the client generated from its own description, with the session put in once.
import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { bearer, endSession, exchange, hasToken } from "./session";

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export const client = createClient<paths>({ baseUrl: location.origin, fetch: send });

/** Return what stands under `data` in an answer, or throw what the server refuses. */
export async function data<T>(asked: Promise<Answer>): Promise<T> {
  const body = await bare<{ data: T }>(asked);
  return body?.data;
}

/** Return a whole answer, for the routes that answer bare values. */
export async function bare<T>(asked: Promise<Answer>): Promise<T> {
  const { data: body, error, response } = await asked;
  if (!response.ok) throw new Problem(response.status, error);
  return body as T;
}

/** Return a whole answer with the tag of the version that it is about. */
export async function tagged<T extends object>(asked: Promise<Answer>): Promise<T & { tag?: string }> {
  const body = await bare<T>(asked);
  const tag = (await asked).response.headers.get("etag");
  return tag ? { ...body, tag } : body;
}

async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(withToken(request));
  if (answer.status !== 401 || !hasToken()) return answer;
  if (await exchange()) return fetch(withToken(again));
  endSession();
  return answer;
}

function withToken(request: Request): Request {
  const token = bearer();
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
}
